"""Which of this room's pages a site has."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse

from units.enums import Module
from units.middleware import site_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def module_open(module: Module) -> Callable[[View[P]], View[P]]:
    """Answer 404 where the unit keeps this part of its site switched off."""

    def marked(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not site_of(request).has(module):
                raise Http404
            return view(request, *args, **kwargs)

        return cast("View[P]", guarded)

    return marked
