"""Rows written many at once are the same as rows written one by one."""

import pytest
from django.db import IntegrityError, transaction

from records.gate import bulk
from records.models import Event, RecordLink, UniqueValue
from tests.cast import Cast, create


@pytest.mark.parametrize("count", [0, 1, bulk.WORTH_A_COPY - 1, bulk.WORTH_A_COPY, 200])
def test_any_number_of_rows_arrives_as_given(cast: Cast, count: int) -> None:
    source = create("person", None, family_name="A")
    targets = [create("organisation", None, name=f"F{n}") for n in range(min(count, 25))]
    rows = [(source, "test", target, n) for n, target in enumerate(targets)]
    bulk.insert(RecordLink, ("source_id", "field", "target_id", "position"), rows)
    found = RecordLink.objects.filter(field="test").order_by("position")
    assert list(found.values_list("source_id", "field", "target_id", "position")) == rows


def test_every_kind_of_value_survives(cast: Cast) -> None:
    create("organisation", cast.owner, name='Ünïcödé 😀 "quoted" \\ tab\tend')
    known = Event.objects.get()
    copies = []
    for _each in range(bulk.WORTH_A_COPY):
        copy = Event.objects.get(pk=known.pk)
        copy.pk = None
        copy.changes = {"x": [None, "line\nbreak \\N é 😀"], "n": [1, 2.5]}
        copies.append(copy)
    bulk.insert_all(copies)
    written = Event.objects.exclude(pk=known.pk)
    assert written.count() == bulk.WORTH_A_COPY
    for event in written:
        assert event.changes == copies[0].changes
        assert (event.at, event.batch, event.actor_id) == (known.at, known.batch, known.actor_id)


def test_what_the_database_refuses_is_an_integrity_error(cast: Cast) -> None:
    record = create("organisation", None, name="A")
    rows = [(record, "organisation", "code", "same")] * bulk.WORTH_A_COPY
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(UniqueValue, ("record_id", "type", "field", "value"), rows)
    assert not UniqueValue.objects.exists()
