"""The gate under any sequence of changes: asking agrees with doing, history tells the whole truth, and what
is kept beside the record (titles, normalised texts, unique values, search entries) is what follows from it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from records import services
from records.access import Access
from records.gate import Change, Receipt
from records.gate.batch import links_of
from records.gate.draft import dumped, load_value
from records.gate.search_index import entries
from records.gate.titles import norm, title
from records.models import Event, Record, SearchEntry, UniqueValue
from tests.cast import Cast

pytestmark = pytest.mark.django_db

names = st.sampled_from(["Ada", "Ștefan", "İstanbul", "ΣΊΣΥΦΟΣ", "", "  ", "50%_x\\"])
organisations = st.fixed_dictionaries(
    {},
    optional={
        "name": names,
        "code": st.sampled_from(["A", "a", "B", ""]),
        "sector": st.sampled_from(["it", "retail", "old", "nothing", None]),
        "headcount": st.sampled_from([0, -5, "12", "many", 2**60, None]),
        "notes": st.sampled_from(["", "long text", None]),
        "margin": st.integers(0, 9),
        "unknown": st.just(1),
    },
)
people = st.fixed_dictionaries(
    {"family_name": names},
    optional={"company": st.integers(0, 5), "email": st.sampled_from(["a@example.com", "bad"])},
)
steps: st.SearchStrategy[tuple[str, Any, dict[str, Any]]] = st.one_of(
    st.tuples(st.just("create"), st.just("organisation"), organisations),
    st.tuples(st.just("create"), st.just("person"), people),
    st.tuples(st.just("change"), st.integers(0, 5), st.one_of(organisations, people)),
    st.tuples(st.sampled_from(["archive", "restore", "delete"]), st.integers(0, 5), st.just({})),
)


class World:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.ids: list[int] = []

    def change(self, step: tuple[str, Any, dict[str, Any]]) -> Change:
        action, what, raw = step
        values = dict(raw)
        if "company" in values:
            values["company"] = self.pick(values["company"])
        if action == "create":
            return Change("create", type=what, values=values)
        return Change(action, id=self.pick(what), values=values)

    def pick(self, place: int) -> int:
        """One of the records made so far, or an id that no record has."""
        return self.ids[place] if place < len(self.ids) else 7


def verdicts(receipt: Receipt) -> list[list[tuple[str, str | None]]]:
    return [[(r.code, r.field) for r in o.refusals] for o in receipt.outcomes]


@given(
    batches=st.lists(st.lists(steps, min_size=1, max_size=4), max_size=6),
    who=st.sampled_from(["administrator", "owner", "teammate"]),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_sequence_of_changes(cast: Cast, batches: list[Any], who: str) -> None:
    Record.unscoped.all().delete()
    Event.objects.all().delete()
    world = World(cast)
    access = Access.of(getattr(cast, who))
    for batch in batches:
        changes = [world.change(step) for step in batch]
        if len({c.id for c in changes if c.id}) < len([c for c in changes if c.id]):
            changes = changes[:1]
        asked = services.check(changes, access=access, channel="api")
        receipt = services.execute(changes, access=access, channel="api", partial=True)
        assert verdicts(receipt) == [[(r.code, r.field) for r in o.refusals] for o in asked]
        world.ids.extend(
            o.id for o in receipt.outcomes if o.ok and o.change.action == "create" and o.id
        )
    for record in Record.unscoped.all():
        follows_from_its_values(record, access)
        equals_its_history(record, access)
    assert set(UniqueValue.objects.values_list("record_id", flat=True)) == {
        r.pk for r in Record.unscoped.all() if r.data.get("code")
    }


def follows_from_its_values(record: Record, access: Access) -> None:
    record_type = access.snapshot.types[record.type]
    values = {
        f.key: load_value(f, record, {}) for f in record_type.active if f.type.storage != "links"
    }
    assert None not in record.data.values()
    assert record.title == title(record_type, values)
    assert record.norm == norm(record_type, values, record.title)
    kept = SearchEntry.objects.filter(record=record).values_list("field", "text")
    assert sorted(kept) == sorted((e.field, e.text) for e in entries(record_type, record))


def equals_its_history(record: Record, access: Access) -> None:
    """The events of a record, one after the other, lead to what it is, and each begins where the last ended."""
    record_type = access.snapshot.types[record.type]
    links = links_of([record.pk])[record.pk]
    told: dict[str, Any] = {}
    events = Event.objects.filter(record_id=record.pk).order_by("version")
    assert [e.version for e in events] == list(range(1, record.version + 1))
    for event in events:
        for key, (before, after) in event.changes.items():
            assert told.get(key) == (before or None)
            told[key] = after or None if isinstance(after, list) else after
    for f in (*record_type.active, record_type.system["owner"], record_type.system["team"]):
        assert told.get(f.key) == dumped(f, load_value(f, record, links)), f.key
