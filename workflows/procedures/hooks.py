"""Addresses, menu entries and panels for Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from jobs import registers
from workflows.procedures.panels import build_home
from workflows.procedures.register import ProcedureRegister

registers.add(ProcedureRegister)


@hooks.register("register_admin_urls")
def register_studio() -> list[URLPattern | URLResolver]:
    return [path("studio/procedures/", include("workflows.procedures.studio_urls"))]


hooks.register("construct_homepage_panels", build_home, order=11)
