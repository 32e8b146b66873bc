"""Pins the configuration for the length of a request, at its first use."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from crm_config import live


class PinnedConfiguration:
    """Every question within one request is answered by the same version."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with live.lazily_pinned():
            return self.get_response(request)
