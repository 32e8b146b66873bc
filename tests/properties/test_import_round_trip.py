"""What is exported comes back as it was, for every kind of field that an import takes."""

import json
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_config.field_types import registry
from crm_config.live import live
from jobs.services import run_pending
from records import services as gate
from records.access import Access
from records.exports import build
from records.exports.build import Export
from records.gate import Change
from records.imports import mapping, services
from records.models import Record
from records.selection import Selection
from records.selectors import views_of
from tests import company as small
from tests.cast import Cast, create

#: Uploaded one by one, given by the system, or computed.
NOT_IMPORTED = frozenset({"file", "image"})
KINDS = [
    key
    for key, each in registry.all_types().items()
    if not each.computed and key not in NOT_IMPORTED
]
OPTIONS = {"link": {"targets": ["organisation"], "multiple": True}}


def everything() -> dict[str, Any]:
    fields = [
        small.field(
            f"f_{kind}",
            kind,
            options=OPTIONS.get(kind, {}),
            **({"choices": CHOICES} if registry.get(kind).has_choices else {}),
        )
        for kind in KINDS
    ]
    return small.record_type(
        "everything", small.field("code", unique=True), *fields, title_template="{code}"
    )


CHOICES = [
    small.option("red"),
    small.option("green"),
    {"key": "b", "labels": {"en": 'B; or = b, "really"'}},
]


@pytest.fixture
def world(cast: Cast, tmp_path: Any, settings: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    small.publish(everything())
    return cast


def random_records(rng: random.Random, count: int, cast: Cast) -> None:
    pointed_at = [create("organisation", None, name=f"Firm {n}") for n in range(3)]
    record_type = live().types["everything"]
    changes = []
    for number in range(count):
        values: dict[str, Any] = {"code": f"R{number}"}
        for f in record_type.active:
            if f.key != "code" and rng.random() < 0.8:
                values[f.key] = drawn(f, rng, pointed_at, cast)
        changes.append(Change("create", type="everything", values=values))
    gate.execute_or_raise(changes, access=Access.system(), channel="system")


def drawn(f: Any, rng: random.Random, pointed_at: list[int], cast: Cast) -> Any:
    if f.type.key == "link":
        return rng.sample(pointed_at, rng.randint(1, 3))
    if f.type.key == "user":
        return rng.choice([cast.owner.pk, cast.teammate.pk])
    if f.type.key == "team":
        return rng.choice([cast.north.pk, cast.south.pk])
    return f.type.random_value(f, rng)


def stored() -> dict[str, Any]:
    rows = list(Record.unscoped.filter(type="everything", archived_at=None))
    return {
        view.title: {f.key: view.json(f.key) for f in view.fields}
        for view in views_of(rows, access=Access.system())
    }


def exported(kind: str) -> bytes:
    keys = tuple(f.key for f in live().types["everything"].active)
    if kind == "json":
        return json.dumps(list(stored().values())).encode()
    selection = Selection("everything")
    return build.build(Export(selection, keys, "", kind, readable=False), access=Access.system())


def take_back(content: bytes, kind: str) -> Any:
    """Into records of the same codes that are empty."""
    Record.unscoped.filter(type="everything").delete()
    raw = {
        "format": 1,
        "type": "everything",
        "match": {"on": ["code"], "mode": "both"},
        "columns": [
            {
                "column": f.key,
                "field": f.key,
                **({"by": ["id"]} if f.type.key in ("link", "user", "team") else {}),
            }
            for f in live().types["everything"].active
        ],
    }
    run = services.begin(
        access=Access.system(),
        name=f"x.{kind}",
        content=content,
        type_key="everything",
        mapping=mapping.load(raw),
    )
    services.try_out(run)
    run_pending()
    run.refresh_from_db()
    services.start(run)
    run_pending()
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32))
def test_exported_and_imported_is_the_same(world: Cast, kind: str, seed: int) -> None:
    Record.unscoped.filter(type="everything").delete()
    random_records(random.Random(seed), 12, world)
    before = stored()
    run = take_back(exported(kind), kind)
    assert run.summary["faults"] == []
    assert run.counts["created"] == 12
    assert stored() == before
