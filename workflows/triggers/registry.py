"""The kinds of trigger, in the order of the gallery."""

from workflows.triggers.base import Trigger
from workflows.triggers.changed import CHANGED
from workflows.triggers.changed_to import CHANGED_TO
from workflows.triggers.created import CREATED
from workflows.triggers.entered_stage import ENTERED_STAGE
from workflows.triggers.fired import (
    BUTTON,
    DATE_REACHED,
    DEADLINE_BREACHED,
    DEADLINE_NEAR,
    ENTERED_SEGMENT,
    FORM_SENT,
    HOOK,
    LEFT_SEGMENT,
    SCHEDULE,
)

TRIGGERS: dict[str, Trigger] = {
    kind.key: kind
    for kind in (
        CREATED,
        CHANGED,
        CHANGED_TO,
        ENTERED_STAGE,
        DATE_REACHED,
        ENTERED_SEGMENT,
        LEFT_SEGMENT,
        SCHEDULE,
        BUTTON,
        HOOK,
        FORM_SENT,
        DEADLINE_NEAR,
        DEADLINE_BREACHED,
    )
}


def register(kind: Trigger) -> None:
    """For apps above, in `AppConfig.ready()`, such as “a survey was answered”."""
    if kind.key in TRIGGERS:
        raise RuntimeError(f"Two triggers call themselves {kind.key!r}.")
    TRIGGERS[kind.key] = kind
