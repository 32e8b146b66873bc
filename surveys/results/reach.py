"""Whose answers somebody may read: those about records that they may see, and those about nobody's record where their
role reads the survey's results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from crm_config.definitions import Snapshot, TypeDef
from records.access import Access
from records.access.scopes import NOTHING
from records.models import Record
from surveys.definitions import SurveyDef, surveys_of
from surveys.models import Response


def about(survey: SurveyDef, snapshot: Snapshot) -> TypeDef | None:
    """The record type that it asks about; None where that is not in use."""
    found = snapshot.types.get(survey.type)
    return None if found is None or found.retired else found


def asked_types(survey: SurveyDef, snapshot: Snapshot) -> tuple[TypeDef, ...]:
    """The record types of those who answer: where its recipient leads to, or the type itself."""
    record_type = about(survey, snapshot)
    link = record_type and record_type.all_fields.get(survey.sending.get("recipient") or "")
    if record_type is None or not link:
        return () if record_type is None else (record_type,)
    targets = (snapshot.types.get(key) for key in link.options.get("targets", ()))
    return tuple(t for t in targets if t is not None and not t.retired)


def reads_nobodys(survey: SurveyDef, access: Access) -> bool:
    """Administrators, and the roles that the survey names, as far as a token lets them."""
    record_type = about(survey, access.snapshot)
    if record_type is None or not access.lets_through(record_type, "view"):
        return False
    named = set(survey.settings.get("results", {}).get("roles", ()))
    return access.unlimited or any(r.administers or r.key in named for r in access.roles)


def may_read(survey: SurveyDef, access: Access) -> bool:
    """Whether there may be anything to read at all. Answers of an anonymous survey are nobody's."""
    record_type = about(survey, access.snapshot)
    if record_type is None:
        return False
    if reads_nobodys(survey, access):
        return True
    types = () if survey.is_anonymous else (record_type, *asked_types(survey, access.snapshot))
    return any(access.may("view", t) for t in types)


def readable_surveys(access: Access) -> list[SurveyDef]:
    """By name, the archived ones last."""
    found = (s for s in surveys_of(access.snapshot).values() if may_read(s, access))
    return sorted(found, key=lambda s: (s.retired, s.label.casefold()))


def readable(key: str, access: Access) -> SurveyDef | None:
    found = surveys_of(access.snapshot).get(key)
    return found if found is not None and may_read(found, access) else None


def reached(survey: SurveyDef, access: Access, *, action: str = "view") -> Q:
    """Over responses and invitations: those that somebody may read (or do something else with)."""
    found = Q(pk__in=[])
    if record_type := about(survey, access.snapshot):
        found |= seen("record", [record_type], access, action=action)
        people = asked_types(survey, access.snapshot)
        found |= Q(record__isnull=True) & seen("person", people, access, action=action)
    if reads_nobodys(survey, access):
        found |= Q(record__isnull=True, person__isnull=True)
    return found


def seen(place: str, types: Iterable[TypeDef], access: Access, *, action: str = "view") -> Q:
    """That the record in this place may be seen."""
    found = Q(pk__in=[])
    for reach in _reaches(place, types, access, action):
        found |= reach
    return found


def _reaches(place: str, types: Iterable[TypeDef], access: Access, action: str) -> Iterator[Q]:
    for record_type in types:
        q = access.q(action, record_type)
        if q is NOTHING:
            continue
        if not q:
            first, end = record_type.first_id, record_type.end_id
            yield Q(**{f"{place}__gte": first, f"{place}__lt": end})
        else:
            rows = Record.unscoped.of(record_type).filter(q)
            yield Q(**{f"{place}__in": rows.values("pk")})


def responses(survey: SurveyDef, access: Access, *, action: str = "view") -> QuerySet[Response]:
    """Without test answers."""
    rows = Response.objects.filter(survey=survey.key, is_test=False)
    return rows.filter(reached(survey, access, action=action)).order_by()
