"""Lists: who sees what, filters, sorting, paging and counts."""

import pytest

from crm_config.conditions.api import ConditionInvalid
from crm_config.live import live
from records.access import Access
from records.selectors import Query, count, page
from records.selectors.sorting import BadCursor, CannotSort
from tests.cast import Cast, create
from tests.kept import kept

pytestmark = pytest.mark.django_db


def organisations(**more: object) -> Query:
    return Query(live().types["organisation"], **more)


def titles(query: Query, user: object, **more: object) -> list[str]:
    return [row.title for row in page(query, access=Access.of(user), **more).rows]


@kept
def some(cast: Cast) -> Cast:
    create(
        "organisation",
        name="Alpha",
        headcount=5,
        owner=cast.owner.pk,
        team=cast.north.pk,
        sector="it",
        margin=9,
    )
    create(
        "organisation",
        name="Beta",
        headcount=50,
        owner=cast.stranger.pk,
        team=cast.south.pk,
        sector="retail",
    )
    create("organisation", name="Gamma", owner=cast.manager.pk)
    return cast


def test_everybody_sees_what_concerns_them(some: Cast) -> None:
    seen = {name: titles(organisations(), user) for name, user in some.everyone().items()}
    assert seen == {
        "administrator": ["Alpha", "Beta", "Gamma"],
        "manager": ["Alpha", "Beta", "Gamma"],
        "owner": ["Alpha"],
        "teammate": ["Alpha"],
        "stranger": ["Beta"],
        "outsider": [],
    }


def test_filters_are_conditions(some: Cast) -> None:
    big = {"field": "headcount", "op": "gte", "value": 10}
    assert titles(organisations(where=big), some.manager) == ["Beta"]
    assert titles(organisations(where={"not": big}), some.manager) == ["Alpha", "Gamma"]


def test_a_hidden_field_can_neither_filter_nor_sort(some: Cast) -> None:
    with pytest.raises(ConditionInvalid, match="margin"):
        page(
            organisations(where={"field": "margin", "op": "eq", "value": 9}),
            access=Access.of(some.owner),
        )
    with pytest.raises(CannotSort):
        page(organisations(sort="margin"), access=Access.of(some.owner))


@pytest.mark.parametrize(
    "sort", ["title", "-title", "headcount", "-headcount", "modified_at", "-modified_at", "id"]
)
def test_pages_follow_one_another_and_come_back(cast: Cast, sort: str) -> None:
    for number in range(23):
        create("organisation", name=f"N{number:02}", headcount=number % 4 or None)
    access = Access.of(cast.administrator)
    query = organisations(sort=sort)
    whole = [row.id for row in page(query, access=access, size=100).rows]
    assert len(whole) == 23
    pages, cursor = [], ""
    while True:
        current = page(query, access=access, cursor=cursor, size=5)
        pages.append(current)
        if current.next is None:
            break
        cursor = current.next
    assert [row.id for p in pages for row in p.rows] == whole
    back, cursor = [pages[-1]], pages[-1].previous or ""
    while cursor:
        back.append(page(query, access=access, cursor=cursor, size=5))
        cursor = back[-1].previous or ""
    assert [[r.id for r in p.rows] for p in reversed(back)] == [
        [r.id for r in p.rows] for p in pages
    ]


def test_a_cursor_of_another_sort_is_refused(some: Cast) -> None:
    access = Access.of(some.manager)
    cursor = page(organisations(), access=access, size=1).next or ""
    with pytest.raises(BadCursor):
        page(organisations(sort="-title"), access=access, cursor=cursor)
    with pytest.raises(BadCursor):
        page(organisations(), access=access, cursor="x")


def test_search_finds_words_in_readable_fields_alone(some: Cast) -> None:
    create("organisation", some.owner, name="Ναυπηγεία Σύρου")
    assert titles(organisations(search="ΣΎΡΟΥ ναυπ"), some.owner) == ["Ναυπηγεία Σύρου"]
    assert titles(organisations(search="σύρου"), some.stranger) == []


def test_counts_count_what_is_seen(some: Cast) -> None:
    assert count(organisations(), access=Access.of(some.manager)).number == 3
    assert count(organisations(), access=Access.of(some.outsider)).number == 0


def test_whoever_sees_everything_finds_by_linked_records(some: Cast) -> None:
    org = create("organisation", name="Delta", sector="it")
    create("deal", name="Lens", customer=org)
    where = {"field": "customer.sector", "op": "eq", "value": "it"}
    deals = Query(live().types["deal"], where=where)
    assert titles(deals, some.administrator) == ["Lens"]
    assert titles(deals, some.owner) == []
