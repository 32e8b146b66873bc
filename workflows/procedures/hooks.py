"""Addresses, menu entries and panels for Wagtail's admin."""
