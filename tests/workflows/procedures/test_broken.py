"""A procedure whose condition cannot be read blocks what it is about, and says so."""

from dataclasses import replace
from types import MappingProxyType

from records import services
from records.access import Access
from records.gate import Change
from tests.cast import Cast
from tests.workflows.procedures.rules import procedure, publish
from workflows.procedures.conditions import broken
from workflows.procedures.definitions import ProcedureDef


def test_it_fails_closed(cast: Cast) -> None:
    publish(procedure())
    access = Access.of(cast.administrator)
    gone = procedure(must={"field": "gone", "op": "is_set"})
    sections = {**access.snapshot.sections, "procedures": {"dated": ProcedureDef.of(gone)}}
    snapshot = replace(access.snapshot, sections=MappingProxyType(sections))
    change = Change("create", type="deal", values={"name": "D"})
    outcome = services.execute_one(
        change, access=Access(snapshot, user=access.user, standing=access.standing), channel="api"
    )
    assert [(r.code, r.rule) for r in outcome.refusals] == [("procedure", "procedures:dated")]
    assert "an administrator must mend it" in str(outcome.refusals[0].message)
    assert [found.key for found, _why in broken(snapshot)] == ["dated"]
    assert broken(access.snapshot) == []
