"""Who may write and who may approve in one category, as a group of fields of the category's form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from news.enums import CategoryRightKind
from news.models import Category, CategoryRight
from news.rules.permissions import ROLE_PERMISSIONS
from portal.core.models import User
from units.enums import Role
from units.models import Membership

BOARD_LIMIT = 200


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Plain checkboxes, one a person, with the role beside the name."""

    widget = forms.CheckboxSelectMultiple
    roles: dict[int, str] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), required=False, **kwargs)

    def offer(self, members: list[Membership]) -> None:
        """Offer these members, and accept nobody else."""
        self.roles = {member.user_id: member.get_role_display() for member in members}
        self.queryset = User.objects.filter(pk__in=self.roles).order_by("full_name", "username")

    def label_from_instance(self, obj: Any) -> str:
        """Name and role."""
        return f"{obj} ({self.roles.get(obj.pk, '')})"


class CategoryRightFields(forms.Form):
    """Two lists of people; an empty one is open to everybody whose role allows it."""

    writers = PeopleField(
        label=gettext_lazy("Ai được viết"),
        help_text=gettext_lazy("Không đánh dấu ai: mọi người viết bài đều viết được. Quản trị đơn vị luôn viết được."),
    )
    approvers = PeopleField(
        label=gettext_lazy("Ai được duyệt"),
        help_text=gettext_lazy("Không đánh dấu ai: mọi người duyệt đều duyệt được. Quản trị đơn vị luôn duyệt được."),
    )

    def start_rights(self, category: Category) -> None:
        """Offer the unit's board; tick who is named now."""
        board = list(
            Membership.objects.filter(user__is_active=True).select_related("user").order_by("pk")[:BOARD_LIMIT]
        )
        named = CategoryRight.objects.named_for(category) if category.pk else {}
        self._offer("writers", [m for m in board if _may(m, "news.add_article")], named.get(CategoryRightKind.WRITE))
        approving = [m for m in board if _may(m, "news.publish_article")]
        self._offer("approvers", approving, named.get(CategoryRightKind.APPROVE))

    def _offer(self, name: str, members: list[Membership], named: set[int] | None) -> None:
        field: Any = self.fields[name]
        field.offer(members)
        field.initial = sorted(named or ())


def _may(member: Membership, permission: str) -> bool:
    return permission in ROLE_PERMISSIONS[Role(member.role)]
