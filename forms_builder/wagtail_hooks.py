"""Registers, addresses and the panel of the home page, for Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from forms_builder.offline.menu import item
from forms_builder.offline.views import urls
from forms_builder.offline.words import words
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
    sheets = ("forms_builder/css/studio.css", "forms_builder/css/offline.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(s),) for s in sheets))


@hooks.register("insert_global_admin_js")
def offline() -> SafeString:
    """What sends forms that wait, and says when there is no connection."""
    said = {f"{name}-url": url for name, url in urls().items()}
    said["worker-url"] = (
        f"{reverse('offline_worker')}?lang={(get_language() or 'en').split('-')[0]}"
    )
    said |= {name: words()[name] for name in ("off", "forms", "one", "many", "mending")}
    said["look"] = words()["mend"]
    return format_html(
        '<script type="module" src="{}"{}></script>',
        static("forms_builder/js/offline.js"),
        format_html_join("", ' data-{}="{}"', said.items()),
    )


@hooks.register("register_settings_menu_item")
def offline_item() -> MenuItem:
    return item()


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
