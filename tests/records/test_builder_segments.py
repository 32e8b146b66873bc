"""Segments in the builder: offered where there are some of the record type, and kept as they stand."""

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q

from crm_config.definitions import TypeDef
from records.access import Access
from records.builder import offers
from records.builder.assemble import assemble
from records.builder.desk import Desk
from records.builder.load import load
from records.builder.rows import rows_of
from tests.cast import Cast
from tests.records.builder import desk

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Use:
    """A segment as conditions know it."""

    key: str
    label: str
    record_type: TypeDef
    uses: frozenset[str] = frozenset()

    def q(self, standpoint: Any, reach: Any) -> Q:
        return Q(norm__isnull=False)

    def test(self, subject: Any, standpoint: Any, reach: Any) -> bool:
        return True


@pytest.fixture
def at(cast: Cast) -> Desk:
    """A desk whose configuration has two segments, one of them of another type."""
    plain = desk(cast.owner)
    sections = {"segments": {"rare": SimpleNamespace(), "people": SimpleNamespace()}}
    snapshot = replace(plain.snapshot, sections=sections)
    uses = {
        "rare": Use("rare", "Rare customers", snapshot.types["organisation"]),
        "people": Use("people", "People", snapshot.types["person"]),
    }
    found = Desk("filter", plain.record_type, snapshot, replace_snapshot(plain.access, snapshot))
    found.__dict__["context"] = replace(
        plain.context, snapshot=snapshot, find_segment=lambda key: uses.get(key)
    )
    return found


def replace_snapshot(access: Access, snapshot: Any) -> Access:
    return Access(snapshot=snapshot, user=access.user, standing=access.standing)


def test_segments_of_the_type_are_offered(at: Desk) -> None:
    found = [o for o in offers.offers(at, at.spot, "") if o.pick.startswith("segment:")]
    assert [(o.pick, o.label, o.group) for o in found] == [
        ("segment:rare", "Rare customers", "Segments")
    ]
    assert [o.pick for o in offers.offers(at, at.spot, "rare")] == ["segment:rare"]


def test_a_segment_is_a_row(at: Desk) -> None:
    raw = {"all": [{"segment": "rare"}, {"not": {"segment": "rare"}}]}
    sheet = load(raw, at, name="where")
    found = assemble(sheet, at)
    assert found.raw == raw and found.complete
    assert [row.subject for row in rows_of(sheet, at).parts] == ["Rare customers"] * 2


def test_one_that_is_gone_is_kept_and_named(at: Desk) -> None:
    sheet = load({"segment": "gone"}, at, name="where")
    found = assemble(sheet, at)
    assert found.raw == {"segment": "gone"}
    assert [str(p) for p in found.problems] == ["segment: There is no segment “gone”."]
