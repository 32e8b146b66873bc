"""Addresses, the menu entry and the register for Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from jobs import registers
from surveys.following.menu import VoicesItem
from surveys.following.register import FollowUpRegister

registers.add(FollowUpRegister)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("voices/", include("surveys.following.urls"))]


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    url = reverse_lazy("voices:list")
    return VoicesItem(_("Voices"), url, name="voices", icon_name="comment", order=66)


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("surveys/css/voices.css"))
