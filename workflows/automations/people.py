"""Who gets work, and who is told: whoever is here; those who are absent stand back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count

from crm_config.definitions import TypeDef
from crm_config.models import User
from records.models import Delegation
from workflows import finding
from workflows.models import Rotation
from workflows.people import administrators


def named(names: Iterable[str]) -> list[User]:
    """Those who work here, in the order in which they were named."""
    found = {
        u.get_username(): u for u in User.objects.filter(username__in=list(names), is_active=True)
    }
    return [found[name] for name in names if name in found]


def present(people: Sequence[User], now: datetime) -> list[User]:
    """Without the absent; where all are, those who stand in for them, and without any, the absent themselves."""
    away = {
        row.of_id: row.to
        for row in Delegation.at_work(now)
        .filter(of__in=[p.pk for p in people])
        .select_related("to")
    }
    here = [person for person in people if person.pk not in away]
    instead = [away[p.pk] for p in people if p.pk in away and away[p.pk].is_active]
    return here or instead or list(people)


def in_turn(people: Sequence[User], automation: str, action: str) -> User:
    """The one after whoever was last. Held to the end of the transaction, so that two at once do not get one."""
    Rotation.objects.get_or_create(automation=automation, action=action)
    row = Rotation.objects.select_for_update().get(automation=automation, action=action)
    ordered = sorted(people, key=lambda person: person.pk)
    chosen = next((p for p in ordered if p.pk > row.last), ordered[0])
    Rotation.objects.filter(pk=row.pk).update(last=chosen.pk)
    return chosen


def next_in_turn(people: Sequence[User], automation: str, action: str) -> User:
    """Who it would be, without taking the turn."""
    row = Rotation.objects.filter(automation=automation, action=action).first()
    ordered = sorted(people, key=lambda person: person.pk)
    return next((p for p in ordered if row and p.pk > row.last), ordered[0])


def least_loaded(people: Sequence[User], record_type: TypeDef) -> User:
    """Who owns the fewest records of the type that are not archived."""
    rows = finding.standing(record_type).filter(owner__in=[p.pk for p in people])
    load = dict(rows.order_by().values_list("owner").annotate(number=Count("pk")))
    return min(people, key=lambda person: (load.get(person.pk, 0), person.pk))


def owner_or_administrators(owner: str) -> list[User]:
    """Who is told of what went wrong: the automation's owner, and where nobody is that any more, those who
    administer."""
    return named([owner] if owner else []) or administrators()
