"""Addresses, menu entries and panels for Wagtail's admin."""

from wagtail import hooks

from workflows.procedures.panels import build_home

hooks.register("construct_homepage_panels", build_home, order=11)
