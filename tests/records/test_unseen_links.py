"""Linked records that somebody does not see: neither guessed, nor lost, nor counted."""

from typing import Any

import pytest

from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Event, RecordLink
from records.selectors import Query, count, get
from records.selectors.past import value_before
from tests import company as small
from tests.cast import Cast, create
from tests.company import field
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def world(cast: Cast) -> dict[str, int]:
    deal = small.deal()
    deal["fields"].append(
        field(
            "rivals",
            "link",
            options={"targets": ["organisation"], "multiple": True, "reverse_key": "rival_in"},
        )
    )
    small.publish(deal)
    mine, other = (create("organisation", name=n, owner=cast.owner.pk) for n in ("Mine", "Other"))
    theirs = create("organisation", name="Theirs", owner=cast.stranger.pk)
    pk = create("deal", name="D", owner=cast.owner.pk, customer=theirs, rivals=[mine, theirs])
    return {"deal": pk, "mine": mine, "other": other, "theirs": theirs}


def change(cast: Cast, world: dict[str, int], **values: Any) -> Outcome:
    access = Access.of(cast.owner)
    return services.execute_one(
        Change("change", id=world["deal"], values=values), access=access, channel="api"
    )


def linked(world: dict[str, int], key: str) -> set[int]:
    rows = RecordLink.objects.filter(source=world["deal"], field=key)
    return set(rows.values_list("target", flat=True))


def test_naming_it_is_refused_whether_it_is_linked_or_not(
    cast: Cast, world: dict[str, int]
) -> None:
    unlinked = create("organisation", name="Far", owner=cast.stranger.pk)
    said = {
        str(change(cast, world, customer=pk).refusals[0].message)
        for pk in (world["theirs"], unlinked, 2**40 * 3 + 999)
    }
    assert len(said) == 1


def test_it_stays_linked_when_others_are_chosen(cast: Cast, world: dict[str, int]) -> None:
    assert change(cast, world, rivals=[world["other"]]).ok
    assert linked(world, "rivals") == {world["other"], world["theirs"]}
    assert change(cast, world, rivals=[]).ok
    assert linked(world, "rivals") == {world["theirs"]}


def test_a_field_of_one_is_kept_unless_another_is_given(cast: Cast, world: dict[str, int]) -> None:
    assert change(cast, world, customer=None).ok and linked(world, "customer") == {world["theirs"]}
    assert change(cast, world, customer=world["mine"]).ok
    assert linked(world, "customer") == {world["mine"]}


def test_filters_do_not_count_it(cast: Cast, world: dict[str, int]) -> None:
    access = Access.of(cast.owner)
    deals = access.snapshot.types["deal"]

    def found(where: Any) -> int:
        return count(Query(deals, where=where), access=access).number

    assert found({"field": "customer", "op": "is_set"}) == 0
    assert found({"field": "customer", "op": "is_empty"}) == 1
    assert found({"field": "rivals", "op": "is_set"}) == 1


def test_what_is_put_back_leaves_it_where_it_is(cast: Cast, world: dict[str, int]) -> None:
    assert change(cast, world, rivals=[world["other"]]).ok
    view = get(world["deal"], access=Access.of(cast.owner))
    event = Event.objects.filter(record_id=world["deal"]).order_by("-pk").first()
    assert event is not None
    before = value_before(view, event.pk, view.field("rivals"))
    assert before == (world["mine"],)
    assert change(cast, world, rivals=before).ok
    assert linked(world, "rivals") == {world["mine"], world["theirs"]}
