"""Tabs of a record type in the studio that apps above add, in `AppConfig.ready()`, such as its pipelines.

A component finds `record_type` (the working copy's row), `definition` and `copy` in its context.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from wagtail.admin.ui.components import Component


@dataclass(frozen=True, eq=False)
class Tab:
    """`key` is the end of its address: `#tab-<key>`."""

    key: str
    label: str | Promise
    component: Component
    order: int = 100


_tabs: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    if tab.key in _tabs:
        raise RuntimeError(f"Two tabs of record types call themselves {tab.key!r}.")
    _tabs[tab.key] = tab


def tabs() -> list[Tab]:
    return sorted(_tabs.values(), key=lambda tab: tab.order)
