"""Addresses, menu entries and panels for Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from jobs import registers
from workflows.automations.parts import NoticesPanel
from workflows.automations.register import RunRegister

registers.add(RunRegister)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("studio/templates/", include("workflows.automations.template_urls")),
        path("studio/automations/", include("workflows.automations.studio_urls")),
        path("", include("workflows.automations.urls")),
    ]


@hooks.register("construct_homepage_panels", order=10)
def add_notices(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(1, NoticesPanel())
