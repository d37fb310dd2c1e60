"""What a page says of a file before it sends the first piece."""

from typing import Any

from django import forms

from feedback.enums.cases import FileKind
from feedback.rules.uploads import MARK_LIMIT


class AnnounceForm(forms.Form):
    """Kind and size in bytes; a mark by which the same file is known again; its place among the others."""

    kind = forms.ChoiceField(choices=FileKind.choices)
    size = forms.IntegerField(min_value=0, max_value=2**53)
    mark = forms.RegexField(r"^[\w.-]*\Z", max_length=MARK_LIMIT, required=False)
    position = forms.IntegerField(min_value=0, max_value=99, required=False)

    @property
    def facts(self) -> dict[str, Any]:
        """The same, as the action takes it."""
        clean = self.cleaned_data
        return {
            "kind": FileKind(clean["kind"]), "size": clean["size"], "client_mark": clean["mark"],
            "position": clean["position"],
        }  # fmt: skip
