"""Why a scope reaches a record, or does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from records.access.asker import Asker
from records.access.participants import participants
from records.access.scopes import SCOPES, Granted, Owned, condition_of
from records.explain.conditions import of_condition
from records.explain.reader import Reader
from records.explain.tree import Part

Explain = Callable[[Asker, Owned, Granted, Reader], list[Part]]


def of_scope(asker: Asker, record: Owned, grant: Granted, reader: Reader) -> list[Part]:
    return PARTS[grant.scope](asker, record, grant, reader)


def _owner(asker: Asker, record: Owned, grant: Granted, reader: Reader) -> list[Part]:
    fits = SCOPES["own"].holds(asker, record, grant)
    if record.owner_id is None:
        return [Part("scope", _("It has no owner"), False)]
    name = reader.value("owner")
    words = _("The owner is %(name)s") % {"name": name} if name else _("The owner")
    return [Part("scope", words, fits)]


def _team(asker: Asker, record: Owned, grant: Granted, reader: Reader) -> list[Part]:
    owner = _owner(asker, record, grant, reader)
    if record.team_id is None:
        return [*owner, Part("scope", _("It has no team"), False)]
    reached = asker.standing.teams if grant.scope == "team" else asker.standing.below
    name = reader.value("team")
    words = _("The team is %(name)s") % {"name": name} if name else _("The team")
    return [*owner, Part("scope", words, record.team_id in reached)]


def _participant(asker: Asker, record: Owned, grant: Granted, reader: Reader) -> list[Part]:
    owner = _owner(asker, record, grant, reader)
    named = participants(grant.type, asker.snapshot)
    if named is None:
        return owner
    part = of_condition(named, asker, record, reader)
    return [*owner, Part("scope", _("Takes part in it"), part.verdict, part.parts)]


def _condition(asker: Asker, record: Owned, grant: Granted, reader: Reader) -> list[Part]:
    condition = condition_of(asker, grant)
    return [] if condition is None else [of_condition(condition, asker, record, reader)]


PARTS: Mapping[str, Explain] = {
    "own": _owner,
    "participant": _participant,
    "team": _team,
    "team_below": _team,
    "all": lambda asker, record, grant, reader: [],
    "condition": _condition,
}
