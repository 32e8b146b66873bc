"""A record's page: facts, related lists, timeline, history, star, removal."""

import pytest

from records import services
from records.access import Access
from records.gate import Change
from records.models import Event, Record, StarredRecord
from records.selectors.recent import recent
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url

pytestmark = pytest.mark.django_db


def change(pk: int, **values: object) -> None:
    services.execute_or_raise(
        [Change("change", id=pk, values=values)], access=Access.system(), channel="api"
    )


def stored(pk: int) -> dict:
    return Record.unscoped.get(pk=pk).data


@kept
def alpha(cast: Cast) -> int:
    return create(
        "organisation",
        name="Alpha",
        headcount=5,
        margin=918273,
        owner=cast.owner.pk,
        team=cast.north.pk,
    )


def test_the_page_shows_readable_facts_to_those_who_may_see_them(cast: Cast, alpha: int) -> None:
    shown = browser(cast.owner).get(url("record", alpha))
    keys = {f.field.key for section in shown.context["sections"] for f in section.facts}
    assert "headcount" in keys and "margin" not in keys and "918273" not in text_of(shown)
    assert browser(cast.stranger).get(url("record", alpha)).status_code == 404
    assert browser(cast.administrator).get(url("record", 1 << 40)).status_code == 404
    assert browser(cast.administrator).get(url("record", 999)).status_code == 404


def test_what_was_opened_is_remembered(cast: Cast, alpha: int) -> None:
    browser(cast.owner).get(url("record", alpha))
    assert [r.id for r in recent(access=Access.of(cast.owner))] == [alpha]


def test_related_lists_count_and_show_what_may_be_seen(cast: Cast, alpha: int) -> None:
    create("deal", name="Mine", customer=alpha, owner=cast.owner.pk)
    create("deal", name="Theirs", customer=alpha, owner=cast.stranger.pk)
    client = browser(cast.owner)
    related = client.get(url("record", alpha)).context["related"]
    deals = next(r for r in related if r.type.key == "deal")
    assert deals.count == 1
    rows = client.get(deals.url, **PART)
    assert "Mine" in text_of(rows) and "Theirs" not in text_of(rows)
    assert [r.record.title for r in client.get(deals.all_url).context["rows"]] == ["Mine"]
    prefilled = client.get(deals.add_url)
    assert prefilled.context["form"]["customer"].initial == str(alpha)
    assert client.get(url("related", alpha, "deal", "nothing")).status_code == 404


def test_the_timeline_tells_changes_with_before_and_after(cast: Cast, alpha: int) -> None:
    change(alpha, headcount=6, margin=918273645)
    part = text_of(browser(cast.owner).get(url("timeline", alpha, show="changes"), **PART))
    assert 'r-change__before">5<' in part and 'r-change__after">6<' in part
    assert "918" not in part and "<html" not in part


def test_a_field_is_changed_in_place_and_undone(cast: Cast, alpha: int) -> None:
    client = browser(cast.owner)
    assert "base_version" in text_of(client.get(url("field", alpha, "headcount"), **PART))
    answer = client.post(
        url("field", alpha, "headcount"), {"f-headcount": "7", "base_version": "1"}, **PART
    )
    assert stored(alpha)["headcount"] == 7 and "Undo" in text_of(answer)
    event = Event.objects.filter(record_id=alpha).order_by("-id").first()
    undone = client.post(url("put_back", alpha, "headcount", event.pk), **PART)
    assert stored(alpha)["headcount"] == 5 and "r-fact" in text_of(undone)


def test_a_refusal_is_shown_at_the_field(cast: Cast, alpha: int) -> None:
    answer = browser(cast.owner).post(
        url("field", alpha, "name"), {"f-name": " ", "base_version": "1"}, **PART
    )
    assert answer.context["form"].errors["name"] and stored(alpha)["name"] == "Alpha"


def test_a_clash_in_place_tells_what_stands_now(cast: Cast, alpha: int) -> None:
    change(alpha, headcount=8)
    client = browser(cast.owner)
    given = {"f-headcount": "9", "base_version": "1"}
    answer = client.post(url("field", alpha, "headcount"), given, **PART)
    assert "8" in str(answer.context["form"].errors["headcount"])
    assert stored(alpha)["headcount"] == 8
    given["base_version"] = str(answer.context["base_version"])
    client.post(url("field", alpha, "headcount"), given, **PART)
    assert stored(alpha)["headcount"] == 9


def test_fields_that_may_not_be_written_have_no_form(cast: Cast, alpha: int) -> None:
    assert browser(cast.owner).get(url("field", alpha, "margin"), **PART).status_code == 404
    assert browser(cast.administrator).get(url("field", alpha, "title"), **PART).status_code == 302
    assert browser(cast.teammate).get(url("field", alpha, "owner"), **PART).status_code == 302


def test_only_what_an_event_changed_is_put_back(cast: Cast, alpha: int) -> None:
    change(alpha, headcount=6)
    event = Event.objects.filter(record_id=alpha).order_by("-id").first()
    client = browser(cast.owner)
    assert client.post(url("put_back", alpha, "name", event.pk)).status_code == 404
    assert client.post(url("put_back", alpha, "margin", event.pk)).status_code == 404
    assert (
        browser(cast.stranger).post(url("put_back", alpha, "headcount", event.pk)).status_code
        == 404
    )
    assert client.get(url("put_back", alpha, "headcount", event.pk)).status_code == 405
    assert stored(alpha)["headcount"] == 6


def test_history_of_a_field_and_two_versions_side_by_side(cast: Cast, alpha: int) -> None:
    change(alpha, headcount=6)
    change(alpha, headcount=7, name="Alpha 2")
    client = browser(cast.owner)
    history = client.get(url("history", alpha, field="headcount"))
    assert [
        c.change.field.key for d in history.context["days"] for e in d.entries for c in e.changes
    ] == ["headcount"] * 3
    assert client.get(url("history", alpha, field="margin")).status_code == 404
    compared = client.get(url("compare", alpha, a=1, b=3))
    assert {c.field.key for c in compared.context["changes"]} == {"headcount", "name"}


def test_a_record_is_marked_and_unmarked(cast: Cast, alpha: int) -> None:
    client = browser(cast.owner)
    client.post(url("star", alpha), {"on": "1"}, **PART)
    assert StarredRecord.objects.filter(user=cast.owner, record=alpha).exists()
    assert browser(cast.stranger).post(url("star", alpha), {"on": "1"}).status_code == 404
    client.post(url("star", alpha), {"on": "0"})
    assert not StarredRecord.objects.exists()


def test_archiving_and_restoring_ask_first(cast: Cast, alpha: int) -> None:
    client = browser(cast.owner)
    assert client.get(url("archive", alpha)).status_code == 200
    assert Record.unscoped.get(pk=alpha).archived_at is None
    client.post(url("archive", alpha))
    assert Record.unscoped.get(pk=alpha).archived_at is not None
    page = client.get(url("record", alpha))
    assert not page.context["may_edit"] and url("restore", alpha) in text_of(page)
    client.post(url("restore", alpha))
    assert Record.unscoped.get(pk=alpha).archived_at is None


def test_deleting_tells_what_goes_along_and_what_holds_it_back(cast: Cast, alpha: int) -> None:
    create("person", family_name="Seen", company=alpha, owner=cast.owner.pk)
    create("person", family_name="Unseen", company=alpha, owner=cast.stranger.pk)
    deal = create("deal", name="Holding", customer=alpha, owner=cast.owner.pk)
    client = browser(cast.owner)
    asked = client.get(url("delete", alpha))
    cleared = asked.context["along"].cleared
    assert (cleared.number, cleared.unseen) == (1, True)
    assert "Holding" in text_of(asked) and "Unseen" not in text_of(asked)
    client.post(url("delete", alpha))
    assert Record.unscoped.filter(pk=alpha).exists()
    client.post(url("delete", deal))
    client.post(url("delete", alpha))
    assert not Record.unscoped.filter(pk__in=[alpha, deal]).exists()


def test_who_may_not_delete_is_told_so(cast: Cast, alpha: int) -> None:
    client = browser(cast.teammate)
    for name in ("archive", "delete", "restore"):
        assert client.post(url(name, alpha)).status_code == 302
    assert Record.unscoped.get(pk=alpha).archived_at is None


def test_a_preview_shows_the_facts_alone(cast: Cast, alpha: int) -> None:
    part = text_of(browser(cast.owner).get(url("preview", alpha), **PART))
    assert "Alpha" in part and "918273" not in part and "<html" not in part
    assert "<html" in text_of(browser(cast.owner).get(url("preview", alpha)))
