"""What people can unsubscribe from, as far as surveys write to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot
from surveys.definitions import surveys_of
from surveys.sending.settings import PURPOSE, Sending


def of_surveys(snapshot: Snapshot) -> Mapping[str, Any]:
    """Those of the surveys in use that are sent for one; each survey does not have its own."""
    found: dict[str, Any] = {}
    for survey in surveys_of(snapshot).values():
        key = Sending(survey, snapshot).purpose
        free = survey.sending.get("transactional")
        if not survey.retired and not free:
            found[key] = _("Surveys") if key == PURPOSE else key.replace("_", " ").capitalize()
    return found
