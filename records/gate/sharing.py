"""Sharing a record with a person or a team, and taking that back: both pass the gate like any other change.

    Change("share", id=pk, values={"user": 7, "level": "view", "until": moment, "note": "…"})
    Change("unshare", id=pk, values={"share": 12})

`team` may stand in place of `user`; without `until` it lasts until it is taken back. A share with somebody who
has one already takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import TypeDef
from crm_config.models import Role, Team, User
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.models import Event, RecordShare

GIVE, TAKE = "share", "unshare"
#: Under which events keep what was shared: no field can be called so.
KEY = "+share"
LONGEST_NOTE = 200


@dataclass(frozen=True)
class Wanted:
    """A share as it is to be; `taken` is the one to be taken back."""

    user: int | None = None
    team: int | None = None
    level: str = RecordShare.Level.VIEW
    until: datetime | None = None
    note: str = ""
    taken: RecordShare | None = None


def check(batch: Batch) -> None:
    giving = batch.sound(GIVE)
    users, teams = _holders(giving)
    for draft in giving:
        wanted = _wanted(draft.change.values)
        if wanted is None:
            draft.refuse("invalid", _("Say with whom, and what they may do."))
            continue
        _check(batch, draft, wanted, users, teams)
        draft.share = wanted
    for draft in batch.sound(TAKE):
        rows = RecordShare.objects.filter(
            record=draft.change.id, pk=_id(draft.change.values, "share") or 0
        )
        found = rows.first()
        if found is None:
            draft.refuse("no_such_share", _("It is not shared in this way any more."))
        else:
            draft.share = Wanted(found.user_id, found.team_id, found.level, taken=found)


def _wanted(values: Mapping[str, Any]) -> Wanted | None:
    user, team = _id(values, "user"), _id(values, "team")
    level, until, note = values.get("level"), values.get("until"), values.get("note") or ""
    told = (user is None) is not (team is None) and level in RecordShare.Level.values
    if not told or not isinstance(until, datetime | None) or not isinstance(note, str):
        return None
    return Wanted(user, team, str(level), until, note.strip()[:LONGEST_NOTE])


def _id(values: Mapping[str, Any], key: str) -> int | None:
    value = values.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _holders(drafts: Iterable[Draft]) -> tuple[dict[int, set[str]], set[int]]:
    """The users that may be given something, with their roles, and the teams."""
    values = [draft.change.values for draft in drafts]
    asked = {pk for v in values if (pk := _id(v, "user")) is not None}
    users: dict[int, set[str]] = {}
    if asked:
        active = User.objects.filter(pk__in=asked, is_active=True).values_list("pk", "is_superuser")
        users = {pk: {EVERYTHING} if every else set() for pk, every in active}
        roles = Role.objects.filter(group__user__in=users)
        for key, pk in roles.values_list("key", "group__user"):
            users.setdefault(pk, set()).add(key)
    teams = {pk for v in values if (pk := _id(v, "team")) is not None}
    return users, set(
        Team.objects.filter(pk__in=teams).values_list("pk", flat=True)
    ) if teams else set()


#: Stands for the roles of a superuser.
EVERYTHING = ""


def _check(
    batch: Batch, draft: Draft, wanted: Wanted, users: Mapping[int, set[str]], teams: set[int]
) -> None:
    if wanted.until is not None and wanted.until <= batch.now:
        draft.refuse("invalid", _("The day until when it is shared is over."), "until")
    if wanted.level == RecordShare.Level.CHANGE and not batch.access.allows(
        "change", draft.was, draft.record_type
    ):
        draft.refuse("forbidden", _("You cannot share more than you may do yourself."), "level")
    if wanted.user is None:
        if wanted.team not in teams:
            draft.refuse("no_such_target", _("There is no such team."), "team")
    elif wanted.user not in users:
        draft.refuse("no_such_target", _("There is no such user."), "user")
    elif not _may_be_given(batch, users[wanted.user], wanted.level, draft.record_type):
        draft.refuse("out_of_reach", _no_role(wanted.level, draft.record_type), "user")


def _no_role(level: str, record_type: TypeDef) -> str:
    """A share never goes beyond what somebody's roles let them do with records of the type at all."""
    message = _("None of their roles lets them see %(type)s at all: ask an administrator.")
    if level == RecordShare.Level.CHANGE:
        message = _("None of their roles lets them change %(type)s at all: share to view.")
    return message % {"type": record_type.plural_label}


def _may_be_given(batch: Batch, roles: set[str], level: str, record_type: TypeDef) -> bool:
    actions = ("view", "change") if level == RecordShare.Level.CHANGE else ("view",)
    published = batch.snapshot.roles
    known = [published[key] for key in roles if key in published]
    return EVERYTHING in roles or all(
        any(
            (grant := role.grants.get((record_type.key, action))) is not None
            and grant.scope != "none"
            for role in known
        )
        for action in actions
    )


def write(batch: Batch) -> None:
    drafts = [d for d in batch.sound(GIVE, TAKE) if d.share is not None]
    events = [_give(batch, d) if d.action == GIVE else _take(batch, d) for d in drafts]
    Event.objects.bulk_create(events)
    for draft in drafts:
        draft.outcome.written = True


def _give(batch: Batch, draft: Draft) -> Event:
    wanted = draft.share
    rows = RecordShare.objects.filter(record=draft.change.id, user=wanted.user, team=wanted.team)
    before = rows.first()
    told = told_of(before)
    share = before or RecordShare(
        record_id=draft.change.id or 0, user_id=wanted.user, team_id=wanted.team
    )
    share.level, share.until, share.note = wanted.level, wanted.until, wanted.note
    share.given_by_id, share.given_at = batch.access.user_id, batch.now
    share.save()
    return _event(batch, draft, Event.Action.SHARED, [told, told_of(share)])


def _take(batch: Batch, draft: Draft) -> Event:
    told = told_of(draft.share.taken)
    RecordShare.objects.filter(pk=draft.share.taken.pk).delete()
    return _event(batch, draft, Event.Action.UNSHARED, [told, None])


def told_of(share: RecordShare | None) -> dict[str, Any] | None:
    if share is None:
        return None
    return {
        "user": share.user_id,
        "team": share.team_id,
        "level": share.level,
        "until": share.until.isoformat() if share.until else None,
        "note": share.note,
    }


def _event(batch: Batch, draft: Draft, action: str, told: list[Any]) -> Event:
    """The record stays as it is, and so does its version."""
    return Event(
        record_id=draft.change.id or 0,
        type=draft.record_type.key,
        version=draft.record.version if draft.record else 0,
        action=action,
        channel=batch.channel,
        at=batch.now,
        actor_id=batch.access.user_id,
        changes={KEY: told},
        reason=batch.reason[:500],
        batch=batch.id,
        config_version=batch.snapshot.version,
        handed_over_at=batch.now,
    )
