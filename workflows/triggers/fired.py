"""Triggers that are fired: by the clock, by a segment, by a person, from outside, or by another part."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from workflows.automations.arguments import RENEWED, Argument
from workflows.triggers.base import Trigger


class OfSegment(Trigger):
    def fits(self, given: Mapping[str, Any], detail: Mapping[str, Any]) -> bool:
        return bool(given.get("segment") == detail.get("segment"))


DATE_REACHED = Trigger(
    key="date_reached",
    label=_("A date is reached"),
    description=_("The day of a field has come, or is some days away or past."),
    icon="date",
    arguments=(
        Argument("field", "date_field", _("Date"), required=True),
        Argument("days", "number", _("Days after"), _("Negative: days before.")),
    ),
)
ENTERED_SEGMENT = OfSegment(
    key="entered_segment",
    label=_("A record enters a segment"),
    description=_(
        "Put in by hand, or found at the daily count of a segment that keeps who came and went."
    ),
    icon="group",
    arguments=(Argument("segment", "segment", _("Segment"), required=True),),
)
LEFT_SEGMENT = OfSegment(
    key="left_segment",
    label=_("A record leaves a segment"),
    description=_("Taken out by hand, or found at the daily count."),
    icon="group",
    arguments=(Argument("segment", "segment", _("Segment"), required=True),),
)
SCHEDULE = Trigger(
    key="schedule",
    label=_("At set times"),
    description=_("For each record that fits the condition, every day, week or month."),
    icon="history",
    arguments=(
        Argument(
            "every", "choice", _("Every"), required=True,
            choices=(("day", _("day")), ("week", _("week")), ("month", _("month"))),
        ),
        Argument("day", "number", _("On day"), _("Of the week, 1 is Monday; of the month, 1 to 28.")),
        Argument("at", "clock", _("At"), _("In the company's time, such as 08:30."), required=True),
    ),
)  # fmt: skip
BUTTON = Trigger(
    key="button",
    label=_("Somebody presses a button"),
    description=_(
        "On the record's page, for those with one of the roles who may change the record."
    ),
    icon="pick",
    arguments=(Argument("role", "role", _("Role"), _("Without one: for everybody who may.")),),
)
HOOK = Trigger(
    key="hook",
    label=_("A message comes in"),
    description=_(
        "Another system posts JSON to a secret address; a record is found or made by it."
    ),
    icon="download",
    arguments=(
        Argument("match", "field", _("Found by"), _("The field by which a record is found again.")),
        Argument(
            "mapping",
            "mapping",
            _("Mapping"),
            _("The path in the message, by field."),
            required=True,
        ),
        RENEWED,
    ),
)


class OfForm(Trigger):
    def fits(self, given: Mapping[str, Any], detail: Mapping[str, Any]) -> bool:
        return given.get("form") in (None, "", detail.get("form"))


FORM_SENT = OfForm(
    key="form_sent",
    label=_("A form was sent"),
    description=_("And its record was made, or found again by what was filled in."),
    icon="form",
    arguments=(
        Argument("form", "form", _("Form"), _("Without one: any form about such records.")),
    ),
)
DEADLINE_NEAR = Trigger(
    key="deadline_near",
    label=_("A deadline is near"),
    description=_("A service level warns."),
    icon="warning",
)
DEADLINE_BREACHED = Trigger(
    key="deadline_breached",
    label=_("A deadline was missed"),
    description=_("A service level was breached."),
    icon="warning",
)
