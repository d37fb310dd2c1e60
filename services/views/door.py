"""Who lets visitors into the room: the unit keeps its services switched on, and still exists."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from units.chrome import has_services
from units.middleware import site_of, unit_of

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)


def services_open(
    view: Callable[Concatenate[HttpRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer]:
    """Answer 404 where the unit has switched its services off, or is closed: its archive has no counters to go to."""

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> Answer:
        if not has_services(unit_of(request), site_of(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], Answer]", opened)
