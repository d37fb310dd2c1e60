"""The royalty of one article as a clerk enters it, and the amounts of sheets."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions.royalty import Entry, Part, plain_number, range_words
from news.actions.royalty_terms import Terms
from news.enums.royalty import OverBudget, ShareRole, SupplementEffect, WorkKind
from news.models import Article, ArticleRoyalty, Contributor, RoyaltyGenre, RoyaltySheet
from portal.core.text import one_line

ROWS_AT_LEAST: Final = 3
ROWS_MORE: Final = 2
MOST_ROWS: Final = 20
UNPAID: Final = "-"
_SHARE = re.compile(r"^(?P<name>.+?)[\s:(]+(?P<percent>\d{1,3}(?:[.,]\d{1,2})?)\s*%\)?$")
_BETWEEN = re.compile(r";|\n|,(?!\d)")


class NumberField(forms.DecimalField):
    """A decimal as it is written in Vietnamese: ``1,5``; with a point it is taken too."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"})
    default_error_messages = {"invalid": gettext_lazy("Nhập một số, ví dụ 1,5.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=6, decimal_places=2, min_value=0, localize=True, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Without needless zeros."""
        return plain_number(value) if isinstance(value, Decimal) else value


class DongField(forms.IntegerField):
    """Whole đồng, typed with or without points: ``253.000``."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "num"})
    default_error_messages = {"invalid": gettext_lazy("Nhập số tiền bằng đồng, ví dụ 253.000.")}

    def to_python(self, value: Any) -> int | None:
        """Points and spaces between the thousands are for reading only; Django would read 253.000 as 253."""
        if isinstance(value, str):
            value = re.sub(r"[.\s]|đồng|đ", "", value.lower())
            if value and not value.isdecimal():
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """With points between the thousands."""
        return number_format(value, use_l10n=True, force_grouping=True) if isinstance(value, int) else value


def genre_label(genre: RoyaltyGenre) -> str:
    """``Tin (hệ số từ 0 đến 10, thường 2)``."""
    usual = genre.coefficient_default
    words = {"name": genre.name, "range": range_words(genre), "usual": plain_number(usual) if usual is not None else ""}
    return (_("%(name)s (%(range)s, thường %(usual)s)") if words["usual"] else _("%(name)s (%(range)s)")) % words


def genre_choices(terms: Terms | None, kind: WorkKind, article: Article) -> list[tuple[str, str]]:
    """The genres of the day's table that this article may have."""
    rows = terms.genres_for(kind, is_copy=article.origin_unit_id is not None) if terms else []
    return [(genre.code, genre_label(genre)) for genre in rows]


def parse_people(text: str) -> list[Part]:
    """``Minh Anh 60%; Thu Hà 40%`` or only names, which share equally."""
    parts = []
    for piece in _BETWEEN.split(text):
        words = one_line(piece)
        match = _SHARE.match(words)
        if match:
            percent = Decimal(match["percent"].replace(",", "."))
            parts.append(Part(one_line(match["name"]), ShareRole.AUTHOR, percent))
        elif words:
            parts.append(Part(words, ShareRole.AUTHOR))
    return parts


def likely_author(article: Article, by_account: dict[int, Contributor]) -> str:
    """Whom the form proposes: the contributor of the account that began the article, else the name under its title."""
    known = by_account.get(article.created_by_id or 0)
    return known.pen_name if known else article.author_name


class RoyaltyForm(forms.Form):
    """Everything about one article. The fields of people and supplements are made for the article and its table."""

    is_unpaid = forms.BooleanField(label=gettext_lazy("Không tính nhuận bút cho bài này"), required=False)
    genre = forms.ChoiceField(label=gettext_lazy("Thể loại"), required=False)
    coefficient = NumberField(
        label=gettext_lazy("Hệ số"), required=False, help_text=gettext_lazy("Để trống thì lấy hệ số thường dùng.")
    )
    photo_genre = forms.ChoiceField(label=gettext_lazy("Loại ảnh"), required=False)
    photo_count = forms.IntegerField(
        label=gettext_lazy("Số ảnh"), required=False, min_value=0, max_value=200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num", "autocomplete": "off"}),
    )  # fmt: skip
    photo_coefficient = NumberField(label=gettext_lazy("Hệ số mỗi ảnh"), required=False)
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, max_length=250)

    def __init__(
        self, data: Any, *, article: Article, royalty: ArticleRoyalty | None, terms: Terms | None, author: str
    ) -> None:
        self.terms = terms
        self.royalty = royalty
        super().__init__(data, initial=self._initial(royalty))
        genres: Any = self.fields["genre"]
        genres.choices = [("", _("Chọn thể loại")), *genre_choices(terms, WorkKind.TEXT, article)]
        photos: Any = self.fields["photo_genre"]
        photos.choices = genre_choices(terms, WorkKind.PHOTO, article)
        self._add_supplements(royalty)
        self._add_people(royalty, author)

    @staticmethod
    def _initial(royalty: ArticleRoyalty | None) -> dict[str, Any]:
        if royalty is None:
            return {}
        return {
            "is_unpaid": royalty.is_unpaid,
            "genre": royalty.genre_code,
            "coefficient": royalty.coefficient if royalty.genre_code else None,
            "photo_genre": royalty.photo_genre_code,
            "photo_count": royalty.photo_count or None,
            "photo_coefficient": royalty.photo_coefficient if royalty.photo_count else None,
            "note": royalty.note,
        }

    def _add_supplements(self, royalty: ArticleRoyalty | None) -> None:
        chosen = {row["code"]: Decimal(row["percent"]) for row in royalty.supplements} if royalty else {}
        for code, row in (self.terms.supplements if self.terms else {}).items():
            words = {"low": plain_number(row.percent_min), "high": plain_number(row.percent_max)}
            is_portion = row.effect == SupplementEffect.PORTION
            hint = _("Chỉ hưởng %(low)s–%(high)s %% của mức") if is_portion else _("Cộng thêm %(low)s–%(high)s %%")
            self.fields[f"plus_{code}"] = NumberField(
                label=row.name, required=False, help_text=hint % words, initial=chosen.get(code)
            )

    def _add_people(self, royalty: ArticleRoyalty | None, author: str) -> None:
        shares = list(royalty.shares.all()) if royalty else []
        # What was typed comes back even when it was more rows than were offered.
        typed = sum(1 for name in self.data if re.fullmatch(r"name_\d+", name)) if self.is_bound else 0
        self.row_count = min(max(ROWS_AT_LEAST, len(shares) + ROWS_MORE, typed), MOST_ROWS)
        for number in range(self.row_count):
            share = shares[number] if number < len(shares) else None
            first = author if number == 0 and royalty is None else ""
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Bút danh"), required=False, max_length=120, initial=share.contributor.pen_name if share else first,
                widget=forms.TextInput(attrs={"list": "but-danh", "autocomplete": "off"}),
            )  # fmt: skip
            self.fields[f"role_{number}"] = forms.ChoiceField(
                label=_("Vai trò"), choices=ShareRole.choices, required=False,
                initial=share.role if share else ShareRole.AUTHOR,
            )  # fmt: skip
            self.fields[f"percent_{number}"] = NumberField(
                label=_("Phần (%)"), required=False, initial=share.percent if share else None
            )

    def rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """The rows of people: name, role, percent."""
        for number in range(self.row_count):
            yield self[f"name_{number}"], self[f"role_{number}"], self[f"percent_{number}"]

    def plus_fields(self) -> list[Any]:
        """The fields of the table's supplements."""
        return [self[name] for name in self.fields if name.startswith("plus_")]

    def entry(self) -> Entry:
        """What the clerk says; the action asks the table."""
        data = self.cleaned_data
        parts = [
            Part(
                data[f"name_{number}"], ShareRole(data[f"role_{number}"] or ShareRole.AUTHOR), data[f"percent_{number}"]
            )
            for number in range(self.row_count)
        ]
        chosen = {name.removeprefix("plus_"): data[name] for name in self.fields if name.startswith("plus_")}
        return Entry(
            is_unpaid=data["is_unpaid"], genre=data["genre"], coefficient=data["coefficient"], parts=parts,
            photo_genre=data["photo_genre"], photo_count=data["photo_count"] or 0,
            photo_coefficient=data["photo_coefficient"], note=data["note"],
            supplements={code: percent for code, percent in chosen.items() if percent is not None},
        )  # fmt: skip

    def refuse(self, error: ValidationError) -> None:
        """Show what the action refused at the field it is about."""
        for name, words in getattr(error, "error_dict", {None: error}).items():
            target = {"parts": "name_0", "supplements": next((n for n in self.fields if n.startswith("plus_")), None)}
            self.add_error(target.get(name, name), words)


class SheetForm(forms.Form):
    """How a month is computed."""

    budget = DongField(
        label=gettext_lazy("Mức chi tối đa của tháng"), required=False, min_value=1, max_value=10**15,
        help_text=gettext_lazy("Để trống nếu không giới hạn."),
    )  # fmt: skip
    over_budget = forms.ChoiceField(label=gettext_lazy("Khi vượt mức chi"), choices=OverBudget.choices)

    def __init__(self, data: Any = None, *, sheet: RoyaltySheet) -> None:
        super().__init__(data, initial={"budget": sheet.budget, "over_budget": sheet.over_budget})


class PaidForm(forms.Form):
    """The day the money was paid out."""

    paid_on = forms.DateField(
        label=gettext_lazy("Ngày trả"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Chọn ngày trả."), "invalid": gettext_lazy("Chọn một ngày có thật.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, sheet: RoyaltySheet) -> None:
        super().__init__(data, initial={"paid_on": sheet.paid_on or timezone.localdate()})
