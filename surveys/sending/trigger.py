"""What sets automations off when somebody answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from workflows.automations.arguments import Argument
from workflows.triggers.base import Trigger


class OfSurvey(Trigger):
    def fits(self, given: Mapping[str, Any], detail: Mapping[str, Any]) -> bool:
        return given.get("survey") in (None, "", detail.get("survey"))


SURVEY_ANSWERED = OfSurvey(
    key="survey_answered",
    label=_("A survey was answered"),
    description=_(
        "As a whole, and its answers name the record; those of anonymous surveys do not."
    ),
    icon="form",
    arguments=(
        Argument("survey", "survey", _("Survey"), _("Without one: any survey about such records.")),
    ),
)
