"""Segments inside conditions: both evaluators give the same answer, for dynamic, static and combined ones,
however they are nested and however far the condition around them reaches.

`SEGMENT_WORLDS=500` makes a long run of it.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_config.conditions.api import ConditionInvalid, Context, parse
from crm_config.definitions import Snapshot, TypeDef
from crm_config.segment_compiler import Compiler
from crm_config.segments import KINDS, STATIC, defining, find_named, segments_of
from records.models import SegmentMember
from records.segments.use import find_segment
from tests.properties.condition_world import Trees, World, context, standpoint, stored, world
from tests.properties.test_conditions_agree import in_python, in_sql, people

WORLDS = int(os.environ.get("SEGMENT_WORLDS", settings().max_examples // 5))
SEGMENTS, TREES, SIZE = 12, 40, 8

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seen() -> Iterator[Counter[str]]:
    """How many trees were compared, and of which kinds the segments in them were."""
    counted: Counter[str] = Counter()
    yield counted
    print(dict(counted))  # noqa: T201


def with_segments(raw: Any, rng: random.Random, keys: list[str]) -> Any:
    """The tree with segments beside it, around it and inside it."""
    if not keys:
        return raw
    node = {"segment": rng.choice(keys)}
    shapes = [node, {"not": node}, {"any": [raw, node]}, {"all": [raw, {"not": node}]}]
    return rng.choice([*shapes, {"all": [{"any": [node, raw]}, raw]}])


def drawn(found: World, rng: random.Random) -> Snapshot:
    """The world's configuration with segments, each naming earlier ones now and then."""
    part: list[dict[str, Any]] = []
    snapshot = found.snapshot
    while len(part) < SEGMENTS:
        record_type = rng.choice(list(snapshot.types.values()))
        raw = {"key": f"s{len(part)}", "type": record_type.key, "kind": rng.choice(KINDS)}
        if raw["kind"] != STATIC:
            where = defining(snapshot, record_type, find_segment=find_named(snapshot))
            own = [s["key"] for s in part if s["type"] == record_type.key]
            tree = Trees(found, where, rng).tree((record_type,), depth=2, relations=1)
            raw["condition"] = with_segments(tree, rng, own) if rng.random() < 0.5 else tree
            try:
                parse(raw["condition"], where)
            except ConditionInvalid:
                continue
        part.append(raw)
        snapshot = replace(snapshot, sections={"segments": Compiler(part, snapshot).compile()})
    assert not any(s.broken for s in segments_of(snapshot).values())
    return snapshot


def put_on_lists(found: World, rng: random.Random) -> None:
    """Of records of any type: those of another type than the segment's do not count."""
    SegmentMember.objects.all().delete()
    SegmentMember.objects.bulk_create(
        SegmentMember(segment=key, record_id=pk, added=rng.random() < 0.6)
        for key in segments_of(found.snapshot)
        for pk in found.rows
        if rng.random() < 0.25
    )


@given(seed=st.integers(min_value=0, max_value=2**32))
@settings(
    max_examples=WORLDS,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    print_blob=False,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_python_and_sql_agree_on_segments(seen: Counter[str], seed: int) -> None:
    with transaction.atomic():
        compare(random.Random(seed), seen, f"seed {seed}")


def compare(rng: random.Random, seen: Counter[str], name: str) -> None:
    found = world(rng, *people(), size=SIZE)
    found.snapshot = drawn(found, rng)
    stored(found)
    put_on_lists(found, rng)
    for _tree in range(TREES):
        record_type = rng.choice(list(found.snapshot.types.values()))
        where = _context(found, record_type, rng)
        keys = [k for k, s in segments_of(found.snapshot).items() if s.record_type is record_type]
        raw = with_segments(_related(found, where, record_type, rng), rng, keys)
        try:
            condition = parse(raw, where)
        except ConditionInvalid:
            seen["refused"] += 1
            continue
        at = standpoint(found, rng)
        seen["trees"] += 1
        for _how, key in condition.references() & {("segments", k) for k in keys}:
            seen[segments_of(found.snapshot)[key].kind] += 1
        python = in_python(condition.tree, condition, record_type, at, found)
        sql = in_sql(condition.tree, condition, record_type, at)
        assert python == sql, (name, raw, condition.words(), python ^ sql)


def _context(found: World, record_type: TypeDef, rng: random.Random) -> Context:
    return replace(context(found, record_type, rng), find_segment=find_segment(found.snapshot))


def _related(found: World, where: Context, record_type: TypeDef, rng: random.Random) -> Any:
    """A tree; or a relation whose far records are in a segment of theirs."""
    links = [
        f for f in record_type.active if f.type.key == "link" and len(f.options["targets"]) == 1
    ]
    if links and rng.random() < 0.4:
        link = rng.choice(links)
        target = link.options["targets"][0]
        keys = [k for k, s in segments_of(found.snapshot).items() if s.record_type.key == target]
        if keys:
            asked = rng.choice(("some", "none", "all"))
            inner = {"segment": rng.choice(keys)}
            return {"related": link.key, "where": inner, asked: True}
    return Trees(found, where, rng).tree((record_type,), depth=2, relations=1)
