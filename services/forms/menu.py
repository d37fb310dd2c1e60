"""The form of a life event: its words, an icon chosen by its picture, procedures in order. Works without scripts."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import folded, nfc, one_line, slugify_vi
from services.actions.menu import EntryDraft
from services.models import LifeEvent, LifeEventProcedure, Procedure
from services.querysets.catalogue import ENTRIES_LIMIT

# Empty lines below those in use; more come after saving.
SPARE_ROWS: Final = 4
NAMED: Final = 5
LAST_PLACE: Final = 999
_CODE: Final = re.compile(r"\A([0-9A-Za-z]{1,8}(?:[.\-][0-9A-Za-z]{1,12}){1,4})(?:\s|\Z)")
ICONS: Final[dict[str, Any]] = {
    "baby": gettext_lazy("Em bé"), "heart": gettext_lazy("Trái tim"), "house": gettext_lazy("Ngôi nhà"),
    "hammer": gettext_lazy("Cái búa"), "graduation-cap": gettext_lazy("Mũ cử nhân"), "school": gettext_lazy("Trường học"),
    "briefcase": gettext_lazy("Cặp đi làm"), "store": gettext_lazy("Cửa hàng"), "hand-heart": gettext_lazy("Bàn tay"),
    "users": gettext_lazy("Nhiều người"), "truck": gettext_lazy("Xe tải"), "id-card": gettext_lazy("Thẻ căn cước"),
    "plane": gettext_lazy("Máy bay"), "flower-2": gettext_lazy("Bông hoa"), "car": gettext_lazy("Xe hơi"),
    "heart-pulse": gettext_lazy("Nhịp tim"), "stethoscope": gettext_lazy("Ống nghe"), "file-text": gettext_lazy("Tờ giấy"),
    "pencil": gettext_lazy("Cây bút"), "scale": gettext_lazy("Cái cân"), "shield-plus": gettext_lazy("Tấm khiên"),
    "building": gettext_lazy("Tòa nhà"), "handshake": gettext_lazy("Bắt tay"), "receipt": gettext_lazy("Hóa đơn"),
    "banknote": gettext_lazy("Tiền"), "sprout": gettext_lazy("Mầm cây"), "ship": gettext_lazy("Con tàu"),
    "factory": gettext_lazy("Nhà máy"), "refresh-cw": gettext_lazy("Mũi tên vòng"), "megaphone": gettext_lazy("Cái loa"),
}  # fmt: skip

Typed = list[tuple[int, str, str]]
"""Lines as they were typed: place, code or name, when it is needed."""


def _place(raw: str) -> int:
    """A written place; what is none stands last."""
    return int(raw) if re.fullmatch(r"[0-9]{1,3}", raw) else LAST_PLACE


class _Drawn(forms.Widget):
    """A widget of several controls, drawn by one of our templates."""

    template: str = ""
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        """No single control carries the label; the group's legend does."""
        return ""

    def context(self, value: Any) -> dict[str, Any]:
        """What the template needs beyond name and value."""
        return {}

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The template with name, value, id and its own context."""
        values = {"name": name, "value": value, "id": (attrs or {}).get("id", f"id_{name}")}
        return render_to_string(self.template, {**values, **self.context(value)})


class IconWidget(_Drawn):
    """The icons as pictures with a word each; one is marked."""

    template = "admin/services/lifeevent/icons.html"

    def context(self, value: Any) -> dict[str, Any]:
        """The known icons, and the one in use should it be another."""
        known = ICONS if not value or value in ICONS else {value: value, **ICONS}
        return {"icons": [{"name": name, "words": words} for name, words in known.items()]}


class EntriesWidget(_Drawn):
    """Lines of three controls: place, code or name of the procedure, when it is needed."""

    template = "admin/services/lifeevent/entries.html"

    def context(self, value: Any) -> dict[str, Any]:
        """The lines in use, then some empty ones."""
        lines: Typed = list(value or [])
        last = max((place for place, _words, _note in lines), default=0)
        lines += [(last + spare, "", "") for spare in range(1, SPARE_ROWS + 1)]
        return {"lines": [{"place": place, "words": words, "note": note} for place, words, note in lines]}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        """Lines with a procedure, as typed, in their order; bounded."""
        places, words, notes = (data.getlist(f"{name}_{part}") for part in ("place", "words", "note"))
        rows = zip(places, words, notes, strict=False)
        typed = [(_place(place), one_line(said), one_line(note)) for place, said, note in rows if said.strip()]
        return sorted(typed, key=lambda line: line[0])[: ENTRIES_LIMIT + 1]


class EntriesField(forms.Field):
    """Procedures by code, or by a name that only one of them has."""

    widget = EntriesWidget

    def clean(self, value: Typed) -> list[EntryDraft]:
        """Drafts in order; every line that names no procedure, or several, is told at once."""
        codes = {words: match[1] for _at, words, _note in value if (match := _CODE.match(words))}
        rows = Procedure.objects.light().in_bulk(list(codes.values()), field_name="code")
        named = _Names() if any(words not in codes for _at, words, _note in value) else None
        drafts, problems = [], []
        for _at, words, note in value:
            try:
                row = rows.get(codes[words]) if words in codes else named.one(words) if named else None
            except ValidationError as error:
                problems += error.messages
                continue
            if row is None:
                problems.append(_("Không có thủ tục nào mang mã hay tên “%(words)s”.") % {"words": words[:80]})
            else:
                drafts.append(EntryDraft(row, note))
        if problems:
            raise ValidationError(problems)
        return drafts


class _Names:
    """Procedures in force by their names, read once for a form: the whole catalogue without its long columns."""

    def __init__(self) -> None:
        self.rows = [
            (folded(row.short_name), [folded(name) for name in row.everyday_list], row)
            for row in Procedure.objects.current().only("code", "name", "everyday_names").order_by("code")
        ]

    def one(self, words: str) -> Procedure | None:
        """The procedure with this name, else the only one whose name contains it; several are named for choosing."""
        asked = folded(words).removeprefix("thu tuc ")
        found = [row for name, names, row in self.rows if asked == name or asked in names]
        found = found or [row for name, names, row in self.rows if any(asked in one for one in (name, *names))]
        if len(found) > 1:
            shown = "; ".join(f"{row.code} {row.short_name[:70]}" for row in found[:NAMED])
            raise ValidationError(
                _("“%(words)s” khớp %(number)d thủ tục. Ghi mã của một thủ tục: %(shown)s.")
                % {"words": words[:80], "number": len(found), "shown": shown}
            )
        return found[0] if found else None


class LifeEventForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A life event with its procedures."""

    icon = forms.CharField(label=gettext_lazy("Biểu tượng"), widget=IconWidget, max_length=40)
    entries = EntriesField(
        label=gettext_lazy("Thủ tục, theo thứ tự cần làm"), required=False,
        help_text=gettext_lazy(
            "Ghi mã (ví dụ 1.001193) hoặc tên thủ tục. Xóa ô tên thì thủ tục ra khỏi việc này. Đổi số để đổi thứ tự."
        ),
    )  # fmt: skip

    class Meta:
        model = LifeEvent
        fields = ("name", "summary", "intro", "icon", "audience", "order")
        widgets = {"intro": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "summary": gettext_lazy("Hiện trên thẻ, ví dụ: Khai sinh, thẻ bảo hiểm"),
            "intro": gettext_lazy("Hiện đầu trang của việc này: điều cần biết trước khi bắt đầu."),
            "order": gettext_lazy("Số nhỏ đứng trước."),
        }
        error_messages = {"name": {"required": gettext_lazy("Nhập tên việc, ví dụ: Sinh con.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = LifeEventProcedure.objects.of_event(self.instance)
            self.fields["entries"].initial = [
                (place, f"{row.procedure.code} {row.procedure.short_name[:120]}", row.note)
                for place, row in enumerate(rows, 1)
            ]

    def clean_name(self) -> str:
        """A name whose address no other event has; an event's address never changes."""
        name = one_line(str(self.cleaned_data["name"]))
        if not self.instance.pk and LifeEvent.objects.filter(slug=slugify_vi(name)).exists():
            raise ValidationError(_("Đã có việc khác cùng tên, hoặc chỉ khác dấu. Đặt tên khác."))
        return name

    def clean_icon(self) -> str:
        """One of the known icons, or the one that was there."""
        icon = str(self.cleaned_data["icon"])
        if icon not in ICONS and icon != self.instance.icon:
            raise ValidationError(_("Chọn một biểu tượng trong danh sách."))
        return icon

    def clean_intro(self) -> str:
        """One spelling; lines stay."""
        return nfc(str(self.cleaned_data["intro"])).strip()
