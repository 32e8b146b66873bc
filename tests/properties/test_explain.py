"""An explanation's verdict, put together from its parts, is the gate's; and what it says it would take, is enough."""

from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_config.definitions import ACTIONS, FieldDef
from records import services
from records.access import Access
from records.explain import Explanation, Part, explain
from records.explain.fields import NEEDED
from records.explain.remedies import _with_role, _with_share, allowed, with_field
from records.gate import Change
from records.models import Record
from tests.properties.test_access import KEY, some_access, world

pytestmark = pytest.mark.django_db
assert world


def settled(part: Part) -> bool:
    """What the parts of a group say together."""
    if part.kind in ("person", "all", "condition") and part.parts:
        return all(inner.verdict for inner in part.parts) is part.verdict
    if part.kind in ("action", "any") and part.parts:
        return any(inner.verdict for inner in part.parts) is part.verdict
    return True


def by_gate(action: str, pk: int, access: Access) -> bool:
    """What the gate would say of the change that asks for the action."""
    kinds = {"change": "change", "delete": "archive", "share": "share"}
    change = Change(kinds[action], id=pk, values={"user": 0} if action == "share" else {})
    outcome = services.check([change], access=access, channel="system")[0]
    return not {r.code for r in outcome.refusals} & {"not_found", "forbidden", "archived"}


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_verdicts_are_the_gates_and_remedies_suffice(
    world: dict[str, Any], data: st.DataObject
) -> None:
    access = some_access(world, data)
    record_type = access.snapshot.types[KEY]
    for record in data.draw(st.lists(st.sampled_from(world["records"]), min_size=2, max_size=4)):
        archived = data.draw(st.booleans())
        Record.unscoped.filter(pk=record.pk).update(
            archived_at=timezone.now() if archived else None
        )
        record.refresh_from_db()
        for action in ACTIONS:
            found = explain(access, action, record, viewer=Access.system())
            expected = access.allows(action, record, record_type)
            assert found.verdict is (expected and not (archived and action == "change"))
            if action in ("change", "delete", "share"):
                assert found.verdict is by_gate(action, record.pk, access)
            check_remedies(found, access, action, record)
        check_field(access, record, data.draw(st.sampled_from(record_type.active)))
        Record.unscoped.filter(pk=record.pk).update(archived_at=None)
    for action in ACTIONS:
        found = explain(access, action, record_type, viewer=Access.system())
        assert found.verdict is access.may(action, record_type)


def check_remedies(found: Explanation, access: Access, action: str, record: Record) -> None:
    assert not (found.verdict and found.remedies)
    for remedy in found.remedies:
        if remedy.kind == "share":
            tried = _with_share(access, record, found.type, remedy.level)
        elif remedy.kind in ("scope", "grant"):
            role = access.snapshot.roles[remedy.role]
            tried = _with_role(access, role, found.type, remedy.grants)
        else:
            continue
        assert allowed(tried, action, record, found.type)


def check_field(access: Access, record: Record, f: FieldDef) -> None:
    """Of a field, the verdict is that of the selectors and of the gate."""
    record_type = access.snapshot.types[KEY]
    for action, level in NEEDED.items():
        found = explain(access, action, record, viewer=Access.system(), field=f.key)
        held = access.allows(action, record, record_type)
        held = held and access.level_of(record, record_type, f.key) >= level
        assert found.verdict is (held and not (record.archived_at and action == "change"))
        for remedy in found.remedies:
            if remedy.kind == "field":
                role = access.snapshot.roles[remedy.role]
                tried = with_field(access, role, record_type, f, remedy.level)
                assert allowed(tried, action, record, record_type, f)


@given(data=st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_parts_add_up(world: dict[str, Any], data: st.DataObject) -> None:
    access = some_access(world, data)
    record = data.draw(st.sampled_from(world["records"]))
    found = explain(access, data.draw(st.sampled_from(ACTIONS)), record, viewer=Access.system())
    todo = list(found.parts)
    for f in data.draw(st.lists(st.sampled_from(found.type.active), max_size=3)):
        asked = data.draw(st.sampled_from(sorted(NEEDED)))
        todo += explain(access, asked, record, viewer=Access.system(), field=f.key).parts
    while todo:
        part = todo.pop()
        assert settled(part), part
        todo.extend(part.parts)
