"""How long an article stands in front, and until when somebody looks at it again."""

from typing import Any, Final

from django import forms

from news.models import Article

PLANNING_FIELDS: Final = ("is_pinned",)


class PlanningFields(forms.Form):
    """End dates and the person in charge, as a group of fields of the article's form."""

    def start_planning(self, article: Article) -> None:
        """Offer only people of this unit."""

    def check_planning(self, data: dict[str, Any]) -> None:
        """Ends lie in the future, in a sensible order."""
