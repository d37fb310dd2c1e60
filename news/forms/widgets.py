"""Widgets of the news room that are more than one control; each works without scripts."""

from typing import Any, ClassVar

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class TemplateWidget(forms.Widget):
    """A widget drawn by one of our own templates."""

    template: ClassVar[str] = ""
    use_fieldset = True

    def context(self, name: str, value: Any) -> dict[str, Any]:
        """What the template needs beyond name and value."""
        return {}

    def id_for_label(self, id_: str) -> str:
        """No single control carries the label; the group's legend does."""
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The template with name, value, id and its own context."""
        values = {"name": name, "value": value, "id": (attrs or {}).get("id", f"id_{name}")}
        return render_to_string(self.template, {**values, **self.context(name, value)})


class SeveralFiles(forms.FileInput):
    """One control for several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several uploads; gives a list, empty when nothing was chosen."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file on its own."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]
