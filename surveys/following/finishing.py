"""What somebody does to a follow-up is done to its work along with it: through the gate, with their own rights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from forms_builder.engine.answers import reading
from records import services
from records.access import Access
from records.errors import Forbidden
from records.gate import Change
from records.models import Event
from records.selectors import RecordView
from surveys.following import work
from surveys.models import FollowUp
from workflows.pipelines.possible import Possible, possible


@dataclass(frozen=True)
class ByFollowUp:
    """The mark (`Change.ref`) of what a follow-up does to its work: it keeps its own state."""

    follow_up: int


def finish(row: FollowUp, stage: str, *, access: Access) -> None:
    """In the caller's transaction, and before the follow-up is written: whoever finishes the work itself holds the
    two in this order too. `stage`: how work with stages ends. Raises `Forbidden` with what stands in the way."""
    held = work.of(row, Access.system())
    if held is None or not work.is_open(held):
        return
    if work.is_activity(held.type):
        _write(row, held, {work.DONE: True}, access)
        return
    seen = work.of(row, access)
    ways = {each.stage.key for each in ways_to_end(seen)} if seen else set()
    if not ways:
        raise Forbidden(_("What was made for it is still open, and you cannot end it from here."))
    if stage not in ways:
        raise Forbidden(_("Say how what was made for it ends."))
    _write(row, held, {work.STAGE: stage}, access)


def hand_over(row: FollowUp, owner: int | None, *, access: Access) -> None:
    """Work that was whoever had the follow-up's goes along to whoever takes it. Raises `Forbidden`."""
    held = work.of(row, Access.system())
    if held is None or not work.is_open(held) or held.record.owner_id != row.owner_id:
        return
    if owner != row.owner_id:
        _write(row, held, {"owner": owner}, access)


def ways_to_end(view: RecordView) -> list[Possible]:
    """The ends to which the reader may bring work with stages from where it is."""
    if work.is_activity(view.type) or not work.is_open(view):
        return []
    return [each for each in possible(view) if each.stage.ended]


def _write(row: FollowUp, held: RecordView, values: Mapping[str, Any], access: Access) -> None:
    outcome = services.execute(
        [Change("change", id=held.id, values=values, ref=ByFollowUp(row.pk))],
        access=access,
        channel=Event.Channel.SCREEN,
        reading=reading(access),
    ).outcomes[0]
    if outcome.ok:
        return
    seen = work.of(row, access)
    named = {
        "what": seen.title if seen else _("What was made for it"),
        "why": " ".join(str(refusal.message) for refusal in outcome.refusals),
    }
    raise Forbidden(_("“%(what)s” stays as it is, and so does the follow-up: %(why)s") % named)
