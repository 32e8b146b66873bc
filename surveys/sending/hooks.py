"""Addresses, the menu entry and the registers of sending, for Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from jobs import registers
from surveys.sending.menu import SendingItem
from surveys.sending.register import DispatchRegister, InvitationRegister

registers.add(DispatchRegister)
registers.add(InvitationRegister)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("survey-sending/", include("surveys.sending.urls"))]


@hooks.register("register_reports_menu_item")
def register_menu() -> MenuItem:
    return SendingItem(reverse_lazy("survey_sending:all"))


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("surveys/css/sending.css"))
