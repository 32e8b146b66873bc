"""Registers, addresses and the panel of the home page, for Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from forms_builder.panels import HeldPanel
from forms_builder.register import InboundRegister, SubmissionRegister
from jobs import registers

registers.add(SubmissionRegister)
registers.add(InboundRegister)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("studio/forms/", include("forms_builder.studio_urls")),
        path("studio/inbound/", include("forms_builder.inbound.studio_urls")),
        path("", include("forms_builder.admin_urls")),
    ]


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("forms_builder/css/studio.css"))


@hooks.register("insert_global_admin_js")
def scripts() -> SafeString:
    """On every page: forms for staff open in dialogs too."""
    src = static("forms_builder/js/staff.js")
    return format_html('<script type="module" src="{}"></script>', src)


@hooks.register("construct_homepage_panels", order=11)
def add_held(request: HttpRequest, panels: list[Any]) -> None:
    user = request.user
    if user.has_perm("forms_builder.view_submission"):
        panels.insert(1, HeldPanel())
