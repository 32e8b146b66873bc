"""Where in the JSON something stands, and refusing it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.errors import ConditionProblem


class Refused(Exception):
    """A node cannot be read."""

    def __init__(self, place: str, message: str) -> None:
        self.problem = ConditionProblem(place, message)
        super().__init__(message)


def under(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def only(raw: Mapping[str, Any], place: str, *known: str) -> None:
    """Refuses what is misspelt rather than passing over it."""
    for key in raw:
        if key not in known:
            raise Refused(under(place, str(key)), _("“%(key)s” is not known here.") % {"key": key})
