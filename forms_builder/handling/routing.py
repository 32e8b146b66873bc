"""To whom it goes: the first route whose condition holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count

from crm_config.conditions.api import Standpoint, parse
from crm_config.models import Team, User
from forms_builder.engine.answers import reading
from forms_builder.engine.evaluate import Answers
from forms_builder.engine.logic import context
from forms_builder.handling.work import Work
from records.models import Delegation
from records.selectors import Query, visible


def routed(work: Work) -> dict[str, Any]:
    """Values of the record: what the route sets, with team and owner. Who is named and works here no longer is
    passed over; without anybody, the record has no owner yet."""
    route = chosen(work)
    if route is None:
        return {}
    found = dict(route.get("set", {}))
    if name := route.get("team"):
        team = Team.objects.filter(name=name).values_list("pk", flat=True).first()
        found |= {} if team is None else {"team": team}
    if (owner := _owner(route, work)) is not None:
        found["owner"] = owner.pk
    return found


def chosen(work: Work) -> Mapping[str, Any] | None:
    where = context(work.form, work.access.snapshot)
    answers = Answers(
        work.logic,
        reading(work.access, work.submission.language),
        Standpoint(now=work.access.now, tz=work.access.tz),
    )
    for key, state in work.states.items.items():
        answers.put(key, state.value)
    for route in work.form.handling.get("routes", ()):
        raw = route.get("when")
        if raw is None or answers.holds(parse(raw, where), otherwise=True):
            found: Mapping[str, Any] = route
            return found
    return None


def _owner(route: Mapping[str, Any], work: Work) -> User | None:
    people = _named(route.get("users", ())) or _with_role(route.get("role"))
    here = _present(people, work)
    if not here:
        return None
    return _least_loaded(here, work) if len(here) > 1 and route.get("role") else here[0]


def _named(names: Sequence[str]) -> list[User]:
    found = {u.username: u for u in User.objects.filter(username__in=names, is_active=True)}
    return [found[name] for name in names if name in found]


def _with_role(role: str | None) -> list[User]:
    if not role:
        return []
    rows = User.objects.filter(groups__role__key=role, is_active=True)
    return list(rows.distinct().order_by("pk"))


def _present(people: Sequence[User], work: Work) -> list[User]:
    away = set(
        Delegation.at_work(work.access.now)
        .filter(of__in=[person.pk for person in people])
        .values_list("of", flat=True)
    )
    return [person for person in people if person.pk not in away] or list(people)


def _least_loaded(people: Sequence[User], work: Work) -> User:
    rows = visible(Query(work.type), access=work.access).filter(owner__in=[p.pk for p in people])
    load = dict(rows.order_by().values_list("owner").annotate(number=Count("pk")))
    return min(people, key=lambda person: (load.get(person.pk, 0), person.pk))
