"""Changing pipelines, their stages and transitions in the working copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm_config.errors import InUse
from crm_config.sections.base import Path
from crm_config.working_copy.reading import WorkingCopy
from workflows.models import Pipeline
from workflows.pipelines.live import SECTION

STAGES, TRANSITIONS = "stages", "transitions"
Raw = Mapping[str, Any]


def path_of(pipeline: Pipeline) -> Path:
    return (SECTION, pipeline.key)


def pipelines_of_type(record_type: str) -> list[Pipeline]:
    return list(Pipeline.objects.filter(record_type=record_type))


def stage_keys(record_type: str) -> set[str]:
    """Of all pipelines of the type: a record has one stage, whatever pipeline it is in."""
    return {s["key"] for p in pipelines_of_type(record_type) for s in p.stages}


def add_pipeline(record_type: str, *, key: str, values: Raw, stages: Iterable[Raw]) -> Pipeline:
    return Pipeline.objects.create(
        key=key, record_type=record_type, stages=[dict(s) for s in stages], **values
    )


def change_pipeline(pipeline: Pipeline, values: Raw) -> None:
    for name, value in values.items():
        setattr(pipeline, name, value)
    pipeline.save()


def archive_pipeline(pipeline: Pipeline, *, archived: bool) -> None:
    pipeline.retired = archived
    pipeline.save(update_fields=["retired"])


@transaction.atomic
def delete_pipeline(pipeline: Pipeline, copy: WorkingCopy) -> None:
    """Raises `InUse`."""
    if used := [r for r in copy.users_of(path_of(pipeline)) if not r.weak]:
        raise InUse(_("Something else uses this pipeline: re-point it first."), list(used))
    pipeline.delete()


def find(pipeline: Pipeline, name: str, key: str) -> dict[str, Any] | None:
    """A stage or a transition as the payload has it."""
    return next((each for each in getattr(pipeline, name) if each["key"] == key), None)


def put(pipeline: Pipeline, name: str, raw: Raw) -> None:
    """A stage or a transition, in the place of the one with its key or else at the end. What says nothing is
    left out, as it is in files."""
    said = {k: v for k, v in raw.items() if v not in (None, "", [], {}, False)}
    held = getattr(pipeline, name)
    if find(pipeline, name, raw["key"]) is None:
        setattr(pipeline, name, [*held, said])
    else:
        setattr(pipeline, name, [said if each["key"] == raw["key"] else each for each in held])
    pipeline.save(update_fields=[name])


def shift(pipeline: Pipeline, name: str, key: str, by: int) -> None:
    """One place earlier or later."""
    held = list(getattr(pipeline, name))
    place = next((i for i, each in enumerate(held) if each["key"] == key), None)
    if place is None or not 0 <= place + by < len(held):
        return
    held.insert(place + by, held.pop(place))
    setattr(pipeline, name, held)
    pipeline.save(update_fields=[name])


def remove_transition(pipeline: Pipeline, key: str) -> None:
    pipeline.transitions = [t for t in pipeline.transitions if t["key"] != key]
    pipeline.save(update_fields=[TRANSITIONS])


def remove_stage(pipeline: Pipeline, key: str) -> None:
    """With the transitions that lead to it, and out of it alone."""
    pipeline.stages = [s for s in pipeline.stages if s["key"] != key]
    pipeline.transitions = [
        kept for t in pipeline.transitions if (kept := _without(t, key)) is not None
    ]
    pipeline.save(update_fields=[STAGES, TRANSITIONS])


def _without(transition: Raw, key: str) -> dict[str, Any] | None:
    sources = transition.get("from", [])
    left = [source for source in sources if source != key]
    if transition["to"] == key or (sources and not left):
        return None
    return {**transition, "from": left} if sources else dict(transition)


def retire_stage(pipeline: Pipeline, key: str, *, moved_to: str) -> None:
    """It takes no more records; those in it go to another one once this is published."""
    stage = find(pipeline, STAGES, key)
    if stage is not None:
        put(pipeline, STAGES, {**stage, "retired": True, "moved_to": moved_to})


def restore_stage(pipeline: Pipeline, key: str) -> None:
    stage = find(pipeline, STAGES, key)
    if stage is not None:
        put(pipeline, STAGES, {**stage, "retired": False, "moved_to": ""})
