"""Form fields that keep to the unit in scope."""

from typing import Any, Self

from django.forms import ModelChoiceField


class TenantChoiceField(ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice among the rows of the unit in scope *when the form is made*.

    Stock fields bind their queryset when the module is imported: without scope (an error) or in somebody else's.
    Name it in a ModelForm's ``Meta.field_classes``.
    """

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        self._model = queryset.model
        super().__init__(queryset=queryset.none(), **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Forms copy their fields for every instance: the moment to look at the scope."""
        copy = super().__deepcopy__(memo)
        model: Any = self._model
        copy.queryset = model._default_manager.all()
        return copy
