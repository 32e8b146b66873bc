"""What the screens of one survey share."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from crm_config.compiler import Draft
from forms_builder.studio.building import Building
from forms_builder.views.studio.base import InForm
from surveys.definitions import SurveyDef, surveys_of
from surveys.studio.building import SURVEYS
from surveys.studio.canvas import SurveyCanvas

#: The screens of a survey, named on top of each.
SCREENS = (
    ("form", _("Questions")),
    ("flow", _("Flow")),
    ("settings", _("Settings")),
    ("sending", _("Sending")),
    ("follow_ups", _("Follow-up")),
    ("preview", _("Preview")),
    ("try", _("Try it")),
)
#: Screens of other parts, with the survey's key.
ELSEWHERE = (("survey_sending:links", _("Links")),)


def screens(key: str) -> list[tuple[str, Any, str]]:
    """Name, label and address of each."""
    found = [(name, label, SURVEYS.address(name, key)) for name, label in SCREENS]
    for name, label in ELSEWHERE:
        try:
            found.append((name, label, reverse(name, args=[key])))
        except NoReverseMatch:
            continue
    return found


class OfSurvey(InForm):
    of: Building = SURVEYS
    header_icon = SURVEYS.icon
    #: Which of the screens this is.
    here = ""

    @property
    def draft(self) -> Draft:
        return self.copy.draft

    @cached_property
    def survey(self) -> SurveyDef:
        assert self.definition
        return surveys_of(self.snapshot)[self.row.key]

    @cached_property
    def canvas(self) -> SurveyCanvas:
        return SURVEYS.canvas(self.row.key, self.draft)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        about = {"row": self.row, "survey": self.survey, "screens": screens(self.row.key)}
        return {**found, **about, "here": self.here}
