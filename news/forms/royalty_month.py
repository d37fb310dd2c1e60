"""A whole month on one screen: a row for each article, saved together."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.actions.royalty import Entry, plain_number
from news.actions.royalty_terms import Terms
from news.enums.royalty import ShareRole, WorkKind
from news.forms.royalty import UNPAID, NumberField, parse_people
from news.models import Article, ArticleRoyalty
from news.rules.royalty import equal_shares

LEFT: Final = ""


def people_text(royalty: ArticleRoyalty) -> str:
    """The authors as they are typed in a row: names alone where they share equally."""
    shares = [share for share in royalty.shares.all() if share.role != ShareRole.PHOTOGRAPHER]
    if [share.percent for share in shares] == (equal_shares(len(shares)) if shares else []):
        return "; ".join(share.contributor.pen_name for share in shares)
    return "; ".join(f"{share.contributor.pen_name} {plain_number(share.percent)}%" for share in shares)


def is_simple(royalty: ArticleRoyalty) -> bool:
    """Whether a row can say everything about it: authors, and photographs that are the authors' own."""
    shares = list(royalty.shares.all())
    texts = {share.contributor_id: share.percent for share in shares if share.role == ShareRole.AUTHOR}
    photos = {share.contributor_id: share.percent for share in shares if share.role == ShareRole.PHOTOGRAPHER}
    others = any(share.role not in (ShareRole.AUTHOR, ShareRole.PHOTOGRAPHER) for share in shares)
    own_photos = photos == (texts if royalty.photo_count else {})
    return not (others or royalty.supplements or royalty.note) and own_photos


class RowForm(forms.Form):
    """One article of the month. What the clerk saw comes back with it, so that only their own changes are written."""

    people = forms.CharField(
        required=False, max_length=400, show_hidden_initial=True,
        widget=forms.TextInput(attrs={"list": "but-danh", "autocomplete": "off"}),
    )  # fmt: skip
    genre = forms.ChoiceField(required=False, show_hidden_initial=True)
    coefficient = NumberField(required=False, show_hidden_initial=True)
    photos = forms.IntegerField(
        required=False, min_value=0, max_value=200, show_hidden_initial=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "num"}),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, article: Article, royalty: ArticleRoyalty | None, terms: Terms | None, author: str
    ) -> None:
        self.article, self.royalty = article, royalty
        photos = terms.genres_for(WorkKind.PHOTO) if terms else []
        self.first_photo_genre = photos[0].code if photos else ""
        super().__init__(data, prefix=f"a{article.pk}", initial=self._initial(royalty, author))
        is_copy = article.origin_unit_id is not None
        genres = terms.genres_for(WorkKind.TEXT, is_copy=is_copy) if terms else []
        names = [(row.code, f"{row.name} · {plain_number(row.coefficient_max)}") for row in genres]
        choices: Any = self.fields["genre"]
        choices.choices = [(LEFT, _("Chưa chấm")), *names, (UNPAID, _("Không tính"))]
        words = {"people": _("Người viết"), "genre": _("Thể loại"), "coefficient": _("Hệ số"), "photos": _("Số ảnh")}
        for name, label in words.items():
            self.fields[name].widget.attrs["aria-label"] = f"{label}: {article.title}"

    @staticmethod
    def _initial(royalty: ArticleRoyalty | None, author: str) -> dict[str, Any]:
        if royalty is None:
            return {"people": author, "seen": ""}
        return {
            "people": people_text(royalty) if not royalty.is_unpaid else author,
            "genre": UNPAID if royalty.is_unpaid else royalty.genre_code,
            "coefficient": royalty.coefficient if royalty.genre_code else None,
            "photos": royalty.photo_count or None,
            "seen": royalty.set_at.isoformat(),
        }

    @property
    def is_simple(self) -> bool:
        """Whether the row may be changed here; a fuller entry has its own screen."""
        return self.royalty is None or is_simple(self.royalty)

    @property
    def wants_saving(self) -> bool:
        """Whether the clerk said something in this row."""
        data = self.cleaned_data
        touched = {name for name in self.changed_data if name != "seen"}
        return bool(touched) and bool(data.get("genre") or data.get("photos") or self.royalty)

    def refuse_if_overtaken(self) -> None:
        """Raise ValidationError when somebody else has entered this article since the page was opened."""
        now = self.royalty.set_at.isoformat() if self.royalty else ""
        if self.cleaned_data.get("seen", "") != now:
            raise ValidationError(_("Người khác vừa chấm bài này. Tải lại trang để xem."))

    def entry(self) -> Entry:
        """What the clerk says; the action asks the table."""
        data = self.cleaned_data
        coefficient: Decimal | None = data["coefficient"]
        if data["genre"] == UNPAID:
            return Entry(is_unpaid=True)
        return Entry(
            genre=data["genre"], coefficient=coefficient, parts=parse_people(data["people"]),
            photo_count=data["photos"] or 0, photo_genre=self._photo_genre(), photo_coefficient=self._photo_coefficient(),
        )  # fmt: skip

    def _photo_genre(self) -> str:
        return (self.royalty.photo_genre_code if self.royalty else "") or self.first_photo_genre

    def _photo_coefficient(self) -> Decimal | None:
        return self.royalty.photo_coefficient if self.royalty and self.royalty.photo_count else None

    def refuse(self, error: ValidationError) -> None:
        """Show what the action refused in the row's own cell."""
        places = {"parts": "people", "photo_count": "photos", "photo_genre": "photos", "photo_coefficient": "photos"}
        for name, words in getattr(error, "error_dict", {None: error}).items():
            self.add_error(places.get(name, name), words)

    def messages(self) -> list[str]:
        """Everything that is wrong with the row."""
        return [str(words) for errors in self.errors.values() for words in errors]
