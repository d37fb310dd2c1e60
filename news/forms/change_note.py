"""What is said of a change to a text that citizens have seen."""

from typing import Any

from django import forms

from news.actions.versions import Change
from news.models import Article


class ChangeFields(forms.Form):
    """The public note and its kind, as a group of fields of the article's form."""

    def start_change(self, article: Article) -> None:
        """Only for a text that citizens have seen."""

    def check_change(self, data: dict[str, Any]) -> None:
        """A change of substance is told to citizens."""

    def change(self) -> Change:
        """What the action needs."""
        return Change()
