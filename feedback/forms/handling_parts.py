"""What the forms about a case share: fields for plain words, pictures and rows read once; prepared texts put in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from feedback.cases.inbox import members
from feedback.cases.targets import targets_of
from feedback.enums.cases import TemplateUse
from feedback.models import AnswerTemplate, Case, CaseCategory
from feedback.rules import cases as rules
from feedback.rules.words import plain
from portal.core.models import User
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from units.enums import UnitKind
from units.models import Unit

PICTURES_MOST: Final = 5
ACCEPTED_PICTURES: Final = "image/jpeg,image/png,image/webp,image/heic"
TEMPLATES_OFFERED: Final = 200
_KINDS: Final = [UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.COMMUNE]


def long_text(label: Any, *, rows: int = 6, limit: int = rules.OFFICE_TEXT_LIMIT, **more: Any) -> forms.CharField:
    """A field for paragraphs of plain words."""
    attrs = {"rows": rows, "class": "fld__text"}
    return forms.CharField(label=label, max_length=limit, widget=forms.Textarea(attrs=attrs), **more)


class PicturesInput(forms.FileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several pictures; whether they are some is found out by the action, by their content."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of them cleaned by itself; none is no error."""
        single = super().clean
        found = [single(one, initial) for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(found) > PICTURES_MOST:
            raise ValidationError(_("Chọn nhiều nhất %(number)d ảnh.") % {"number": PICTURES_MOST})
        return found


class StepForm(forms.Form):
    """One verb. ``use`` says which prepared texts are offered, and ``filled`` into which field one is put."""

    use: ClassVar[TemplateUse | None] = None
    filled: ClassVar[str] = "text"

    def __init__(self, data: Any = None, files: Any = None, *, case: Case, choices: "Choices", **more: Any) -> None:
        super().__init__(data, files, auto_id="viec-%s", label_suffix="", **more)
        self.case, self.choices = case, choices
        if self.use is not None and choices.templates_for(self.use):
            rows = choices.templates_for(self.use)
            offered = [("", _("Chọn mẫu")), *((row.pk, row.title) for row in rows)]
            self.fields["template"] = forms.ChoiceField(label=_("Mẫu có sẵn"), choices=offered, required=False)
            self.order_fields(["template", *self.fields])

    @property
    def kept_words(self) -> str:
        """What was typed into the largest field, as it came; for a screen that offers this form no more."""
        return str(self.data.get(self.add_prefix(self.filled), ""))[: rules.OFFICE_TEXT_LIMIT]

    @property
    def chosen_template(self) -> AnswerTemplate | None:
        """The prepared text that somebody asked to be put in."""
        key = self.data.get(self.add_prefix("template"), "")
        return next((row for row in self.choices.templates if str(row.pk) == key and row.use == self.use), None)

    def with_words(self, words: str) -> "StepForm":
        """The same form with ``words`` behind what was typed already; nothing is judged yet."""
        left_out = {"pictures", "template"}
        shown = {key: self.data.get(self.add_prefix(key), "") for key in self.fields if key not in left_out}
        shown[self.filled] = "\n\n".join(part for part in (shown[self.filled].strip(), words) if part)
        return type(self)(case=self.case, choices=self.choices, prefix=self.prefix, initial=shown)

    def clean(self) -> dict[str, Any]:
        """Plain words: no tags, no invisible letters."""
        data = super().clean() or {}
        for name, value in data.items():
            if isinstance(value, str) and isinstance(self.fields[name], forms.CharField):
                is_long = isinstance(self.fields[name].widget, forms.Textarea)
                data[name] = plain(value).strip() if is_long else one_line(plain(value))
        return data


@dataclass(frozen=True, slots=True)
class Choices:
    """What the forms of one screen offer, read once: members, units, categories, prepared texts."""

    members: Sequence[User] = ()
    targets: Sequence[Unit] = ()
    communes: Sequence[Unit] = ()
    categories: Sequence[CaseCategory] = ()
    templates: Sequence[AnswerTemplate] = ()

    @classmethod
    def read(cls, case: Case, today: date) -> "Choices":
        """All that the unit in scope may choose from; six bounded queries."""
        return cls(
            members=members(),
            targets=sorted(targets_of(case), key=lambda unit: _KINDS.index(UnitKind(unit.kind))),
            communes=list(Unit.objects.communes()),
            categories=list(CaseCategory.objects.offered_by(current_unit_id(), today)),
            templates=list(
                AnswerTemplate.objects.filter(is_active=True).order_by("order", "title")[:TEMPLATES_OFFERED]
            ),
        )

    def templates_for(self, use: TemplateUse) -> list[AnswerTemplate]:
        """Prepared texts for one place."""
        return [row for row in self.templates if row.use == use]


class PickField(forms.TypedChoiceField):
    """A choice among rows that were read already; gives the row, or None. Asks the database nothing.

    ``group`` names the heading a row stands under; rows come in the order of their headings.
    """

    def __init__(
        self, rows: Sequence[Any], *, nothing: Any, group: Callable[[Any], str] | None = None, **more: Any
    ) -> None:
        self.by_key = {str(row.pk): row for row in rows}
        offered: list[tuple[Any, Any]] = [(str(row.pk), str(row)) for row in rows]
        if group is not None:
            offered = [
                (heading, [(str(row.pk), str(row)) for row in found]) for heading, found in groupby(rows, key=group)
            ]
        super().__init__(choices=[("", nothing), *offered], coerce=self.by_key.__getitem__, empty_value=None, **more)
