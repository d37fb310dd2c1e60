"""What a form says of the text's history while it is written: which version was opened, whose words it holds."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions.versions import EditConflict
from news.models import Article, ArticleVersion
from portal.core.richtext import clean_html, pictures_left_out
from portal.core.text import nfc, slugify_vi

BODY_LIMIT: Final = 1_000_000
"""Characters of a cleaned text: about 400 printed pages."""
READ_LIMIT: Final = 2_000_000
"""Characters that are looked at at all, pictures pasted as text not counted."""
_EMBEDDED: Final = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]+", re.IGNORECASE)
_NOT_KEPT: Final = frozenset({"base_version", "form_key"})


class DraftingFields(forms.Form):
    """Address, version and key of the form, as a group of fields of the article's form.

    ``opened`` are the unsaved words that were opened again, ``opened_base`` the version they were written upon.
    """

    slug = forms.CharField(
        label=gettext_lazy("Phần cuối địa chỉ"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Để trống thì máy đặt theo tiêu đề. Sau khi đăng thì không đổi nữa."),
    )
    form_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    opened: dict[str, Any] = {}
    opened_base: int | None = None
    own_key = ""
    theirs: ArticleVersion | None = None
    has_conflict = False
    pictures_left_out = 0

    def start_drafting(self, article: Article) -> None:
        """Which version this is, under which key its unsaved words are kept; the address until it is published."""
        base = article.version_number if self.opened_base is None else self.opened_base
        # Not declared above: the name is the method's, which also knows what was looked at since.
        self.fields["base_version"] = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=base)
        self.fields["form_key"].initial = self.own_key
        if article.published_at is not None:
            del self.fields["slug"]
        elif article.pk and article.slug != slugify_vi(article.title):
            self.fields["slug"].initial = article.slug

    def base_version(self) -> int | None:
        """The version the writer had before their eyes, or has looked at since; None where the form did not say."""
        for name in ("_overwrite", "base_version"):
            value = str(self.data.get(name) or "")
            if value.isascii() and value.isdigit():
                return int(value[:9])
        return None

    def clean_slug(self) -> str:
        """Letters without marks and hyphens, whatever was typed; empty: made from the title."""
        typed = (self.cleaned_data.get("slug") or "").strip()
        return slugify_vi(typed) if typed else ""

    def clean_body(self) -> str:
        """The text in our own formats; too long a one is refused before much is done with it."""
        typed: str = self.cleaned_data.get("body") or ""
        self.pictures_left_out = pictures_left_out(typed)
        bare = _EMBEDDED.sub("", typed)
        if len(bare) > READ_LIMIT:
            raise ValidationError(too_long(len(bare), READ_LIMIT), code="too_long")
        body = clean_html(bare)
        if len(body) > BODY_LIMIT:
            raise ValidationError(too_long(len(body), BODY_LIMIT), code="too_long")
        return body

    def check_drafting(self, data: dict[str, Any]) -> None:
        """Nobody saves over what they have not seen; the address of what was never published follows the title."""
        article: Article = self.instance  # type: ignore[attr-defined]  # the article's form has one
        if "slug" in self.fields:
            article.slug = data.get("slug") or slugify_vi(data.get("title") or "")
        base = self.base_version()
        if article.pk and base is not None and base != article.version_number:
            self.has_conflict = True
            self.theirs = ArticleVersion.objects.select_related("made_by").latest_of(article)
            # Where the save itself met the conflict, the screen adds that refusal to the form.
            if not isinstance(getattr(self, "refusal", None), EditConflict):
                self.add_error(None, EditConflict(self.theirs))

    def typed(self) -> dict[str, Any]:
        """What stands in the form, complete or not, to be kept as unsaved words: no files, no row of another unit."""
        kept: dict[str, Any] = {}
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField) or name in _NOT_KEPT:
                continue
            value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            if isinstance(field, forms.ModelChoiceField) and not _may_choose(field, value):
                continue
            if isinstance(value, str):
                kept[name] = clean_html(_EMBEDDED.sub("", value)[:READ_LIMIT]) if name == "body" else nfc(value)
            elif isinstance(value, bool):
                kept[name] = value
        return kept


def too_long(length: int, limit: int) -> str:
    """What to do about a text that is too long."""
    words = _(
        "Nội dung dài %(length)s ký tự, nhiều nhất %(limit)s. Chia thành nhiều bài, hoặc đưa phần dài vào tệp đính kèm."
    )
    return words % {"length": f"{length:,}".replace(",", "."), "limit": f"{limit:,}".replace(",", ".")}


def _may_choose(field: Any, value: Any) -> bool:
    """Whether a choice is one of those offered here: never a row of another unit."""
    try:
        return field.to_python(value) is not None
    except (ValidationError, TypeError, ValueError):
        return False
