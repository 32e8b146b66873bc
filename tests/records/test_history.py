"""History: what happened, as far as the reader may know."""

import pytest

from records import services
from records.access import Access
from records.gate import Change
from records.selectors import get
from records.selectors.related import counts, related, relations
from records.selectors.search import search_all
from records.selectors.timeline import compare, timeline
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


def change(pk: int, **values: object) -> None:
    services.execute_or_raise(
        [Change("change", id=pk, values=values)], access=Access.system(), channel="api"
    )


def test_the_timeline_tells_before_and_after_but_not_hidden_fields(cast: Cast) -> None:
    pk = create("organisation", name="A", headcount=1, margin=5, owner=cast.owner.pk)
    change(pk, headcount=2, margin=6)
    change(pk, margin=7)
    shown, following = timeline(get(pk, access=Access.of(cast.owner)))
    assert following is None
    assert [[c.field.key for c in e.changes] for e in shown] == [
        ["headcount"],
        ["name", "headcount", "owner"],
    ]
    assert (shown[0].changes[0].before_html, shown[0].changes[0].after_html) == ("1", "2")
    everything, _ = timeline(get(pk, access=Access.of(cast.administrator)))
    assert len(everything) == 3


def test_a_hidden_field_has_no_history(cast: Cast) -> None:
    pk = create("organisation", name="A", margin=5, owner=cast.owner.pk)
    with pytest.raises(KeyError):
        timeline(get(pk, access=Access.of(cast.owner)), key="margin")


def test_two_points_are_compared(cast: Cast) -> None:
    pk = create("organisation", name="A", headcount=1)
    change(pk, headcount=2)
    change(pk, name="B")
    change(pk, headcount=3)
    view = get(pk, access=Access.of(cast.administrator))
    assert {c.field.key: (c.before, c.after) for c in compare(view, 1, 4)} == {
        "headcount": (1, 3),
        "name": ("A", "B"),
    }


def test_links_to_what_one_may_not_see_are_not_named(cast: Cast) -> None:
    org = create("organisation", name="Secret", owner=cast.stranger.pk)
    pk = create("person", family_name="P", company=org, owner=cast.owner.pk)
    view = get(pk, access=Access.of(cast.owner))
    assert view.value("company") is None and "Secret" not in view.render("company")
    assert all(c.field.key != "company" for e in timeline(view)[0] for c in e.changes)


def test_related_lists_hold_what_may_be_seen(cast: Cast) -> None:
    org = create("organisation", name="A", owner=cast.owner.pk)
    mine = create("deal", name="Mine", customer=org, owner=cast.owner.pk)
    create("deal", name="Theirs", customer=org, owner=cast.stranger.pk)
    access = Access.of(cast.owner)
    view = get(org, access=access)
    found = counts(view, access=access)
    assert found == {("deal", "customer"): 1}
    link = next(link for link, t in relations(view.type, access=access) if t.key == "deal")
    assert [r.id for r in related(view, link, access=access, count=1).rows] == [mine]


def test_the_search_box_finds_across_types_what_may_be_seen(cast: Cast) -> None:
    create("organisation", name="Aegean Optics", owner=cast.owner.pk)
    create("person", family_name="Aegean", owner=cast.owner.pk)
    create("deal", name="Aegean deal", owner=cast.stranger.pk)
    hits = search_all("aegean", access=Access.of(cast.owner))
    assert [(h.type.key, [r.title for r in h.rows]) for h in hits] == [
        ("organisation", ["Aegean Optics"]),
        ("person", ["Aegean"]),
    ]
    assert search_all("aegean", access=Access.of(cast.outsider)) == []
