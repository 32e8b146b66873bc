"""ninja's API, with problems for errors, a description that says so, and documentation from this site alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, re_path, reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.operation import Operation

from records.api import handlers, openapi
from records.api.operations import strict
from records.api.parser import StrictParser
from records.api.problems import Problem, response

Patterns = list[URLResolver | URLPattern]
View = Callable[..., HttpResponse]
#: Line breaks too, which Django's path converter leaves out.
ANYTHING = r"^[\s\S]*\Z"


class Docs(DocsBase):
    """Swagger UI from our own static files: nothing is fetched from elsewhere."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        return render(
            request,
            "records/api/docs.html",
            {
                "title": api.title,
                "settings": {
                    "url": self.get_openapi_url(api, kwargs),
                    "layout": "BaseLayout",
                    "deepLinking": True,
                    "validatorUrl": None,
                },
            },
        )


class Api(NinjaAPI):
    def __init__(self, **options: Any) -> None:
        super().__init__(docs=Docs(), parser=StrictParser(), **options)
        self.add_decorator(strict, mode="operation")
        handlers.register(self)

    @property
    def urls(self) -> tuple[Patterns, str, str]:
        """All that ninja serves, and a problem for every other address below ours."""
        patterns, app_name, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = in_problems(pattern.callback)
        return [*patterns, re_path(ANYTHING, in_problems(_lost))], app_name, namespace

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        openapi.complete(schema)
        return schema


def in_problems(view: View) -> View:
    """What ninja answers in plain text, outside of its exception handlers, as problems too."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except Http404:
            detail = _("Nothing is at this address: %(docs)s tells what there is.")
            return response(
                request, Problem("not_found", detail % {"docs": reverse("api:openapi-view")})
            )
        if answer.status_code == 405:
            return response(request, Problem("method", headers={"Allow": answer["Allow"]}))
        return answer

    return wrapped


def _lost(request: HttpRequest) -> HttpResponse:
    raise Http404


_lost.csrf_exempt = True  # type: ignore[attr-defined]
