"""The filter of the public register: a GET form, every field optional, nonsense asks nothing."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from news.enums.document_register import EffectChoice, Origin
from news.enums.documents import DocumentGroup
from news.rules.document_numbers import QUERY_LIMIT, parse_number, query_words
from news.rules.document_register import Asked

# Group → what stands in addresses, which stay for ever and are Vietnamese.
GROUP_SLUGS: Final = {
    DocumentGroup.NORMATIVE: "phap-luat", DocumentGroup.STEERING: "chi-dao-dieu-hanh", DocumentGroup.PLAN: "ke-hoach",
    DocumentGroup.GUIDANCE: "huong-dan", DocumentGroup.NOTICE: "thong-bao",
}  # fmt: skip
# Shorter than the official names, which the document's own page shows.
GROUP_WORDS: Final = {
    DocumentGroup.NORMATIVE: _("Pháp luật"), DocumentGroup.STEERING: _("Chỉ đạo, điều hành"),
    DocumentGroup.PLAN: _("Quy hoạch, kế hoạch"), DocumentGroup.GUIDANCE: _("Hướng dẫn"),
    DocumentGroup.NOTICE: _("Thông báo"),
}  # fmt: skip
_GROUPS: Final = {slug: group for group, slug in GROUP_SLUGS.items()}
_FIRST: Final = ("q", "loai", "nam", "hieu_luc")
Choices = Sequence[tuple[str, Any]]


def _select(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.Select(attrs={"class": "field"}))


class RegisterForm(forms.Form):
    """What a reader asks of the register; field names are the parameters of the address."""

    q = forms.CharField(
        label=_("Số ký hiệu hoặc trích yếu"), required=False, max_length=QUERY_LIMIT,
        widget=forms.TextInput(attrs={"class": "field", "placeholder": _("Ví dụ: 54/2023/QĐ-UBND"), "type": "search"}),
    )  # fmt: skip
    loai = _select(_("Loại"))
    nam = _select(_("Năm"))
    hieu_luc = _select(_("Hiệu lực"))
    linh_vuc = _select(_("Lĩnh vực"))
    co_quan = _select(_("Cơ quan ban hành"))
    cua = _select(_("Văn bản của"))
    nhom = forms.ChoiceField(
        required=False, choices=[("", ""), *((slug, slug) for slug in _GROUPS)], widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: Any,
        *,
        types: Choices,
        fields: Choices,
        years: Choices,
        issuers: Choices,
        origins: dict[Origin, str] | None,
    ) -> None:
        super().__init__(data, auto_id="loc-%s")
        anything = [("", _("Tất cả"))]
        self._choose("loai", [*anything, *types])
        self._choose("nam", [*anything, *years])
        self._choose("hieu_luc", [*anything, *EffectChoice.choices])
        self._choose("linh_vuc", [*anything, *fields])
        self._choose("co_quan", [*anything, *issuers])
        if origins is None:
            del self.fields["cua"]
        else:
            self._choose("cua", [*anything, *((origin.value, words) for origin, words in origins.items())])
        self.is_valid()

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What most people filter by."""
        return [self[name] for name in _FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What stands folded below."""
        return [field for field in self.visible_fields() if field.name not in _FIRST]

    @property
    def asks_more(self) -> bool:
        """Whether one of these is asked, so that they stand open."""
        return any(self.value(field.name) for field in self.more_fields)

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - told to the type checker
        field.choices = list(choices)

    def add_prefix(self, field_name: str) -> str:
        """Addresses are written with dashes: ``hieu-luc``, not ``hieu_luc``."""
        return field_name.replace("_", "-")

    def value(self, name: str) -> str:
        """What was asked, "" for nothing and for what can not be asked."""
        return str(self.cleaned_data.get(name) or "")

    def parameters(self) -> dict[str, str]:
        """What was asked, as it stands in an address; only what was asked."""
        return {self.add_prefix(name): self.value(name) for name in self.fields if self.value(name)}

    def asked(self, *, as_words: bool = False) -> Asked:
        """The same for the register; a number is read as a number unless ``as_words``."""
        text = self.value("q")
        number = None if as_words else parse_number(text)
        group = _GROUPS.get(self.value("nhom"))
        return Asked(
            number=number,
            words=() if number else query_words(text),
            type_slug=self.value("loai"),
            group=group.value if group else "",
            field_slug=self.value("linh_vuc"),
            year=int(self.value("nam")) if self.value("nam") else None,
            issuer=self.value("co_quan"),
            effect=self.value("hieu_luc"),
            origin=self.value("cua"),
        )
