"""Addresses, menu entries and panels for Wagtail's admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from records.asker import access_of
from workflows.approvals.definitions import SECTION
from workflows.approvals.panels import build_home


class ApprovalsItem(MenuItem):
    """Where something may have to be approved."""

    def is_shown(self, request: HttpRequest) -> bool:
        return SECTION in access_of(request).snapshot.sections


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern | URLResolver]:
    return [
        path("approvals/", include("workflows.approvals.urls")),
        path("studio/approvals/", include("workflows.approvals.studio_urls")),
    ]


@hooks.register("register_admin_menu_item")
def item() -> MenuItem:
    return ApprovalsItem(
        _("Approvals"),
        reverse_lazy("approvals:list"),
        name="approvals",
        icon_name="clipboard-check",
        order=60,
    )


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("workflows/css/approvals.css"))


hooks.register("construct_homepage_panels", build_home, order=10)
