"""Addresses and the register of the contact budget, for Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from jobs import registers
from records.contact.register import LedgerRegister, UnsubscriptionRegister

registers.add(LedgerRegister)
registers.add(UnsubscriptionRegister)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("studio/contact/", include("records.contact.studio_urls"))]
