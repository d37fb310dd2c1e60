"""What is put in front of the article's form: what an action refused, and the categories that are open to the person."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest

_REFUSAL: Final = "save_refusal"


class RefusedForm:
    """In front of an admin form's class: one error more, from the action."""

    refusal: ValidationError

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the form's
        add_refusal(self, self.refusal)


class OpenCategoriesForm:
    """In front of the article's form: without the categories that are kept to other people."""

    closed: frozenset[int] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = getattr(self, "fields", {}).get("category")
        if field is not None:
            # The field looks at the scope when the form is made (TenantChoiceField), so it is narrowed after that.
            field.queryset = field.queryset.exclude(pk__in=self.closed)


def without_categories(form: Any, closed: frozenset[int]) -> Any:
    """The form's class, offering and accepting none of the ``closed`` categories."""
    return type(form)("OpenForm", (OpenCategoriesForm, form), {"closed": closed}) if closed else form


def keep_refusal(request: HttpRequest, refusal: ValidationError) -> None:
    """Remember what the first pass refused, and let the second one read the uploaded files again."""
    setattr(request, _REFUSAL, refusal)
    for _name, uploads in request.FILES.lists():
        for upload in uploads:
            upload.seek(0)


def refusal_of(request: HttpRequest) -> ValidationError | None:
    """What an action refused in the first pass of this request."""
    return getattr(request, _REFUSAL, None)


def refused(form: Any, request: HttpRequest) -> Any:
    """The form's class, after a refusal one that carries it as its error."""
    refusal = refusal_of(request)
    return type(form)("RefusedForm", (RefusedForm, form), {"refusal": refusal}) if refusal else form


def add_refusal(form: Any, error: ValidationError) -> None:
    """Put what an action refused onto the form: at the field it names where the form has it, above the form elsewhere."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        code = error_code(error)
        form.add_error(code if code in form.fields else None, error)


def error_code(error: ValidationError) -> str:
    """The code of a single refusal; empty for several."""
    return str(getattr(error, "code", "") or "")
