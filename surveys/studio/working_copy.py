"""Surveys of the working copy: added, copied, changed, archived, deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm_config.errors import InUse
from crm_config.sections.base import Path
from crm_config.working_copy.keys import propose_key
from crm_config.working_copy.reading import WorkingCopy
from surveys.definitions import SECTION
from surveys.models import Survey
from surveys.section import NAMES, SurveySection

Raw = Mapping[str, Any]
State = dict[str, Any]
#: What undoing brings back.
PARTS = ("steps", "jumps", "ends", "quotas", "follow_ups")


def path_of(survey: Survey) -> Path:
    return (SECTION, survey.key)


def keys() -> set[str]:
    return set(Survey.objects.values_list("key", flat=True))


def add_survey(raw: Raw) -> Survey:
    """`raw` as a payload says it."""
    values = {name: deepcopy(raw[name]) for name in NAMES if name in raw}
    return Survey.objects.create(
        key=raw["key"], record_type=raw["type"], steps=raw["steps"], ends=raw["ends"], **values
    )


def copied(raw: Raw, *, key: str, labels: Mapping[str, str]) -> Survey:
    return add_survey({**raw, "key": key, "labels": dict(labels), "retired": False})


def copy_survey(survey: Survey) -> Survey:
    key = propose_key(survey.key, taken=keys(), fallback="survey")
    labels = {code: _("%(name)s (copy)") % {"name": text} for code, text in survey.labels.items()}
    return copied(SurveySection.raw_of(survey), key=key, labels=labels)


def change_survey(survey: Survey, values: Raw) -> None:
    for name, value in values.items():
        setattr(survey, name, value)
    survey.save(update_fields=list(values))


def state_of(survey: Survey) -> State:
    return {name: getattr(survey, name) for name in PARTS}


@transaction.atomic
def change_state(survey: Survey, change: Callable[[State], State]) -> tuple[State, State]:
    """What stood there and what stands there now. Raises what `change` raises; nothing is changed then."""
    row = Survey.objects.select_for_update().get(pk=survey.pk)
    before = state_of(row)
    after = change(before)
    for name in PARTS:
        setattr(row, name, after[name])
    row.save(update_fields=list(PARTS))
    return before, after


@transaction.atomic
def delete_survey(survey: Survey, copy: WorkingCopy) -> None:
    """Raises `InUse`."""
    if used := [r for r in copy.users_of(path_of(survey)) if not r.weak]:
        raise InUse(_("Something else uses this survey: re-point it first."), list(used))
    survey.delete()
