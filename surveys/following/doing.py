"""What a rule does beside asking somebody: a record is made, the person gets values and is put on lists. Each part
goes through its own door, and says in words what could not be done; the others go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, TypeDef
from crm_config.models import User
from forms_builder.engine.answers import reading
from records import services
from records.access import Access
from records.errors import Forbidden, NotVisible
from records.gate import Change
from records.gate.change import Outcome
from records.models import Event
from records.segments.rights import named
from records.segments.services import change_list
from surveys.definitions import FollowUpDef
from surveys.following.judging import Judged
from surveys.following.values import values
from surveys.models import Response

Problems = list[str]


def make(rule: FollowUpDef, judged: Judged, owner: User | None) -> tuple[int | None, Problems]:
    """The record that the rule wants, about whoever answered."""
    record_type = judged.snapshot.types.get(rule.make["type"])
    if record_type is None or record_type.retired:
        return None, [_("There is no record type “%(key)s” any more.") % {"key": rule.make["type"]}]
    given, gone = known(values(rule.make.get("set", {}), judged), record_type)
    given |= linked(rule.make.get("link"), record_type, judged)
    if owner is not None:
        given.setdefault("owner", owner.pk)
    if judged.about is not None and judged.about.team_id is not None:
        given.setdefault("team", judged.about.team_id)
    outcome = _write(Change("create", type=record_type.key, values=given), rule, judged)
    if outcome.ok:
        return outcome.id, gone
    return None, [*gone, *told(outcome, record_type.label)]


def linked(link: Any, record_type: TypeDef, judged: Judged) -> dict[str, Any]:
    """The field takes the person where it can point at one, and the record where it can point at that too."""
    f = record_type.fields.get(link) if link else None
    if f is None or judged.survey.is_anonymous:
        return {}
    targets = [
        pk
        for kind, pk in (("person", judged.person_id), ("record", judged.row.record_id))
        if (view := judged.view(kind)) is not None and pk and points_at(f, view.type.key)
    ]
    found = list(dict.fromkeys(targets))
    return {f.key: found if f.options.get("multiple") else found[:1]} if found else {}


def points_at(f: FieldDef, type_key: str) -> bool:
    return type_key in f.options.get("targets", ())


def set_values(rule: FollowUpDef, judged: Judged) -> Problems:
    """On the person: what they answered last counts, also where an earlier answer is changed afterwards."""
    view = judged.view("person")
    if not rule.set or judged.person_id is None or later(judged.row):
        return []
    if view is None:
        return [_("The person's record is gone.")]
    given, gone = known(values(rule.set, judged), view.type)
    if not given:
        return gone
    outcome = _write(Change("change", id=judged.person_id, values=given), rule, judged)
    return gone + ([] if outcome.ok else told(outcome, view.type.label))


def later(row: Response) -> bool:
    """Whether the person answered the survey again since."""
    again = Response.objects.filter(
        survey=row.survey,
        person=row.person_id,
        pk__gt=row.pk,
        status=Response.Status.COMPLETED,
        is_test=False,
    )
    return again.exists()


def put_on_lists(rule: FollowUpDef, judged: Judged) -> Problems:
    if judged.person_id is None:
        return []
    found = [_listed(key, judged) for key in rule.lists]
    return [problem for problem in found if problem]


def _listed(key: str, judged: Judged) -> str:
    access, person = Access.system(), judged.person_id
    assert person is not None
    try:
        segment = named(key, access)
        outcomes = change_list(segment, [person], "add", access=access, why=judged.survey.label)
    except (NotVisible, Forbidden):
        return _("There is no list “%(key)s” any more.") % {"key": key}
    return "" if outcomes[0].ok else f"{segment.label}: {outcomes[0].message}"


def known(given: Mapping[str, Any], record_type: TypeDef) -> tuple[dict[str, Any], Problems]:
    """Without fields that are gone, which keep the others from nothing."""
    gone = [key for key in given if not _there(record_type, key)]
    words = _("%(type)s has no field “%(key)s” any more.")
    return (
        {key: value for key, value in given.items() if key not in gone},
        [words % {"type": record_type.label, "key": key} for key in gone],
    )


def _there(record_type: TypeDef, key: str) -> bool:
    f = record_type.all_fields.get(key)
    return f is not None and not f.retired


def _write(change: Change, rule: FollowUpDef, judged: Judged) -> Outcome:
    """For the survey, on behalf of nobody: all rules of the company are asked."""
    access = Access.system()
    if judged.at:
        access = replace(access, now=judged.at)
    receipt = services.execute(
        [change],
        access=access,
        channel=Event.Channel.SURVEY,
        reason=f"{judged.survey.label}: {rule.label}",
        reading=reading(access, "") if judged.at else None,
    )
    return receipt.outcomes[0]


def told(outcome: Outcome, label: str) -> Problems:
    said: Sequence[str] = [str(refusal.message) for refusal in outcome.refusals]
    return [f"{label}: {message}" for message in said]
