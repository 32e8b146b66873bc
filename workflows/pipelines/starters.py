"""The stages that a new pipeline begins with, to be renamed and added to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext_noop

from crm_config.system_fields import Catalogue
from crm_config.working_copy.keys import propose_key

STAGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("new", gettext_noop("New"), {"start": True, "colour": "blue"}),
    ("in_work", gettext_noop("In work"), {"colour": "yellow"}),
    ("finished", gettext_noop("Completed"), {"meaning": "done", "colour": "green"}),
)


def first_stages(taken: Collection[str], languages: Sequence[str]) -> list[dict[str, Any]]:
    found = []
    for name, text, more in STAGES:
        names = Catalogue(text)
        labels = {code: names[code] for code in languages if code in set(names)}
        found.append({"key": propose_key(name, taken=taken), "labels": labels, **more})
    return found
