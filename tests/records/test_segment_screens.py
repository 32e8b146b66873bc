"""Segments on the screens: in lists, on their own pages, on records, in bulk, and by a file."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jobs.services import run_pending
from records.models import SavedView, SegmentMember
from tests.cast import Cast, create
from tests.crm_config.segments import IT, LARGE, publish, segment
from tests.crm_config.studio import messages_of
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url
from tests.records.segments import change, members_for
from tests.records.test_screen_budgets import for_records

pytestmark = pytest.mark.django_db


@kept
def world(cast: Cast) -> dict[str, int]:
    publish(
        segment("it", IT, description={"en": "All about computers"}),
        segment("vip", kind="static"),
        segment("both", IT, kind="combined"),
        segment("deals", kind="static", of="deal"),
    )
    mine = {"owner": cast.owner.pk, "team": cast.north.pk}
    return {
        "it": create("organisation", name="Computers", sector="it", **mine),
        "shop": create("organisation", name="Shop", sector="retail", **mine),
    }


@pytest.fixture
def client(cast: Cast, world: dict[str, int]) -> Client:
    return browser(cast.owner)


def shown(page: Any) -> list[str]:
    return [row.record.title for row in page.context["rows"]]


# -- lists ------------------------------------------------------------------------------------


def test_a_list_is_limited_to_a_segment(client: Client) -> None:
    page = client.get(url("list", "organisation", segment="it"))
    assert shown(page) == ["Computers"]
    (chip,) = page.context["chips"]
    assert chip.words == "Segment: It" and chip.edit_url == url("segment", "organisation", "it")
    assert page.context["segment"].key == "it"
    assert [s.key for s in page.context["segments"]] == ["both", "it", "vip"]


def test_a_segment_stands_beside_other_filters(client: Client, world: dict[str, int]) -> None:
    where = {"all": [{"not": {"segment": "it"}}, {"field": "title", "op": "is_set"}]}
    page = client.get(url("list", "organisation", where=where))
    assert shown(page) == ["Shop"]
    assert "segment “It”" in page.context["chips"][0].words


def test_filters_offer_the_segments(client: Client) -> None:
    page = text_of(client.get(url("filter", "organisation"), **PART))
    assert "Segment: Vip" in page and "Segment: Deals" not in page


def test_a_nested_filter_is_told_as_a_sentence_and_can_be_kept(client: Client, cast: Cast) -> None:
    deal = {"related": "deals", "where": {"field": "won", "op": "is_true"}, "some": True}
    where = {"any": [{"segment": "it"}, {"all": [LARGE, deal]}]}
    page = client.get(url("list", "organisation", where=where))
    (chip,) = page.context["chips"]
    assert "segment “It”" in chip.words and " or " in chip.words and "Headcount" in chip.words
    kept = {"name": "Mine", "shared": "on"}
    client.post(url("save_view", "organisation", where=where), kept)
    assert SavedView.objects.get().query == {"where": where}
    others = browser(cast.stranger).get(
        url("list", "organisation", view=SavedView.objects.get().pk)
    )
    assert others.status_code == 200 and others.context["problem"] == ""


def test_a_link_says_which_part_is_not_available_and_shows_the_rest(client: Client) -> None:
    """Sales may not read the margin."""
    where = {"all": [{"segment": "it"}, {"field": "margin", "op": "gt", "value": 5}]}
    page = client.get(url("list", "organisation", where=where))
    assert "not available to you" in page.context["problem"] and page.context["rows"] == []
    assert [bool(chip.problem) for chip in page.context["chips"]] == [False, True]
    rest = client.get(page.context["urls"]["usable"])
    assert shown(rest) == ["Computers"] and rest.context["problem"] == ""


def test_a_hundred_segments_slow_no_list(cast: Cast) -> None:
    """Only the one that the list asks for is looked at: neither counts nor lists of the others."""

    def queries(**params: Any) -> list[str]:
        client = browser(cast.manager)
        client.get(url("list", "organisation", **params))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url("list", "organisation", **params)).status_code == 200
        return [q["sql"] for q in captured.captured_queries]

    def without_session(found: list[str]) -> int:
        return len([sql for sql in found if "session" not in sql.lower()])

    publish(segment("vip", kind="static"))
    create("organisation", name="A", owner=cast.manager.pk, team=cast.north.pk)
    plain, with_one = queries(), queries(segment="vip")
    publish(
        segment("vip", kind="static"),
        *(segment(f"s{n}", {"any": [IT, {"segment": "vip"}]}, kind="combined") for n in range(100)),
    )
    run_pending()
    many, with_one_of_many = queries(), queries(segment="vip")
    assert without_session(many) == without_session(plain)
    assert without_session(with_one_of_many) == without_session(with_one)
    assert not [sql for sql in many if "records_segment" in sql]
    assert all("s42" not in sql for sql in with_one_of_many)


# -- segments' own pages ----------------------------------------------------------------------


def test_the_overview_names_all_of_a_type_with_counts_and_ages(client: Client, cast: Cast) -> None:
    run_pending()
    page = client.get(url("segments", "organisation"))
    assert [row.segment.key for row in page.context["rows"]] == ["both", "it", "vip"]
    assert all(row.count is None for row in page.context["rows"]), "sales see only their own"
    page = browser(cast.administrator).get(url("segments", "organisation"))
    assert {row.segment.key: row.count.number for row in page.context["rows"]} == {
        "both": 1,
        "it": 1,
        "vip": 0,
    }
    assert "All about computers" in text_of(page)


def test_the_overview_takes_one_query_for_all_counts(cast: Cast) -> None:
    publish(*(segment(f"s{n}", IT) for n in range(40)))
    run_pending()
    admin = browser(cast.administrator)
    admin.get(url("segments", "organisation"))
    with CaptureQueriesContext(connection) as captured:
        admin.get(url("segments", "organisation"))
    assert len(for_records(captured)) <= 2


def test_an_empty_overview_says_what_a_segment_is(client: Client) -> None:
    assert "A segment is a named set of" in text_of(client.get(url("segments", "person")))


def test_a_segments_page_tells_what_it_is_and_who_is_in_it(client: Client, cast: Cast) -> None:
    run_pending()
    page = browser(cast.administrator).get(url("segment", "organisation", "it"))
    assert page.context["words"] == "Sector is “It”"
    assert page.context["count"].number == 1 and len(page.context["bars"]) == 1
    assert [row.record.title for row in page.context["rows"]] == ["Computers"]
    assert (
        "All about computers" in text_of(page)
        and "style=" not in text_of(page).partition("r-segment")[2]
    )


def test_a_segment_can_be_counted_again(cast: Cast, world: dict[str, int]) -> None:
    run_pending()
    create("organisation", name="New", sector="it")
    admin = browser(cast.administrator)
    answer = admin.post(url("segment_count", "organisation", "it"))
    assert messages_of(answer) == ["It is being counted: load the page again in a moment."]
    run_pending()
    assert admin.get(url("segment", "organisation", "it")).context["count"].number == 2


def test_a_segment_of_another_type_is_not_at_this_address(client: Client) -> None:
    assert client.get(url("segment", "person", "it")).status_code == 404


# -- lists of segments ------------------------------------------------------------------------


def test_ticked_records_are_put_into_a_segment(
    client: Client, cast: Cast, world: dict[str, int]
) -> None:
    ticked = {"ids": [world["it"], world["shop"]]}
    page = client.post(url("segment_members", "organisation"), ticked)
    assert page.context["number"] == 2
    assert [key for key, _l in page.context["form"].fields["into"].choices] == ["both", "vip"]
    given = {**ticked, "run": "1", "into": "vip", "act": "add", "why": "fair"}
    receipt = client.post(url("segment_members", "organisation"), given, follow=True)
    assert "2 records were added." in text_of(receipt)
    assert members_for(cast.owner, "vip") == {world["it"], world["shop"]}
    assert {m.why for m in SegmentMember.objects.all()} == {"fair"}


def test_all_that_match_are_taken_out(client: Client, cast: Cast, world: dict[str, int]) -> None:
    change("vip", "add", world["it"], world["shop"], user=cast.owner)
    where = '{"segment":"vip"}'
    given = {"all": "1", "where": where, "run": "1", "into": "vip", "act": "remove", "why": ""}
    client.post(url("segment_members", "organisation"), given)
    assert members_for(cast.owner, "vip") == set()


def test_many_are_put_in_by_a_job_with_a_receipt(
    client: Client, cast: Cast, world: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("records.segments.bulk.AT_ONCE", 1)
    monkeypatch.setattr("records.segments.bulk.CHUNK", 1)
    given = {"all": "1", "run": "1", "into": "vip", "act": "add", "why": ""}
    page = client.post(url("segment_members", "organisation"), given, follow=True)
    assert "job-progress" in text_of(page) and not SegmentMember.objects.exists()
    run_pending()
    receipt = client.get(page.request["PATH_INFO"])
    assert receipt.context["result"]["changed"] == 2
    assert "2 records were added." in text_of(receipt)
    stranger = browser(cast.stranger).get(page.request["PATH_INFO"])
    assert stranger.status_code == 404
    assert members_for(cast.owner, "vip") == {world["it"], world["shop"]}


def test_from_the_list_of_a_segment_its_records_are_taken_out(
    client: Client, world: dict[str, int]
) -> None:
    given = {"ids": [world["it"]], "where": '{"segment":"vip"}'}
    page = client.post(url("segment_members", "organisation"), given)
    assert page.context["form"].initial == {"into": "vip", "act": "remove"}


def test_a_list_that_one_may_not_keep_is_not_offered(client: Client, world: dict[str, int]) -> None:
    publish(segment("vip", kind="static", keepers=["manager"]), segment("own", kind="static"))
    given = {"ids": [world["it"]], "run": "1", "into": "vip", "act": "add"}
    page = client.post(url("segment_members", "organisation"), given)
    assert page.context["form"].errors["into"] and not SegmentMember.objects.exists()


def test_nothing_ticked_is_said(client: Client) -> None:
    answer = client.post(url("segment_members", "organisation"), {})
    assert messages_of(answer) == ["Select some records first."]


def test_a_record_tells_its_segments(client: Client, cast: Cast, world: dict[str, int]) -> None:
    change("vip", "add", world["it"], user=cast.owner, why="a friend")
    change("both", "remove", world["it"], user=cast.owner)
    page = client.get(url("record_segments", world["it"]), **PART)
    rows = {row["segment"].key: row["inside"] for row in page.context["rows"]}
    assert rows == {"it": True, "vip": True, "both": False}
    assert "a friend" in text_of(page) and "kept out" in text_of(page)


def test_a_record_is_added_taken_out_and_freed(
    client: Client, cast: Cast, world: dict[str, int]
) -> None:
    def act(what: str, key: str) -> str:
        given = {"act": what, "into": key, "why": ""}
        answer = client.post(url("record_segments", world["shop"]), given)
        return messages_of(answer)[-1]

    assert act("add", "vip") == "Vip: Added."
    assert act("add", "both") == "Both: Added."
    assert members_for(cast.owner, "both") == {world["it"], world["shop"]}
    assert act("free", "both") == "Both: Its values decide again."
    assert act("remove", "vip") == "Vip: Taken out."
    assert not SegmentMember.objects.exists()


# -- import -----------------------------------------------------------------------------------


def test_a_file_is_tried_line_by_line_and_then_put_in(
    client: Client, cast: Cast, world: dict[str, int]
) -> None:
    twin = {"owner": cast.owner.pk, "team": cast.north.pk, "name": "Twin"}
    create("organisation", **twin), create("organisation", **twin)
    create("organisation", name="Hidden", owner=cast.stranger.pk)
    text = f"computers\n{world['shop']}\nNobody\nTwin\nHidden\nCOMPUTERS\n"
    address = url("segment_import", "organisation", "vip")
    given = {"by": ["id", "title"], "why": "the fair"}
    upload = SimpleUploadedFile("list.csv", text.encode())
    page = client.post(address, {**given, "file": upload})
    codes = [line.code for line in page.context["lines"]]
    assert codes == ["found", "found", "unknown", "several", "unknown", "repeated"]
    assert not SegmentMember.objects.exists()
    again = page.context["form"].text
    page = client.post(address, {**given, "lines": again, "run": "1"})
    assert [line.code for line in page.context["lines"]][:2] == ["added", "added"]
    assert members_for(cast.owner, "vip") == {world["it"], world["shop"]}
    assert "2 records were added." in text_of(page)


def test_a_heading_tells_the_column(client: Client, world: dict[str, int]) -> None:
    text = "no;title\n1;Computers\n2;Shop\n"
    given = {"by": ["title"], "lines": text, "why": ""}
    page = client.post(url("segment_import", "organisation", "vip"), given)
    assert [(line.text, line.code) for line in page.context["lines"]] == [
        ("Computers", "found"),
        ("Shop", "found"),
    ]


def test_people_are_found_by_their_mail(cast: Cast) -> None:
    publish(segment("people", kind="static", of="person"))
    pk = create("person", family_name="A", email="a@example.com", owner=cast.owner.pk)
    given = {"by": ["id", "title", "email"], "lines": "A@Example.com", "run": "1", "why": ""}
    browser(cast.owner).post(url("segment_import", "person", "people"), given)
    assert members_for(cast.owner, "people") == {pk}


def test_nothing_to_import_is_said(client: Client) -> None:
    page = client.post(url("segment_import", "organisation", "vip"), {"by": ["title"]})
    assert page.context["form"].non_field_errors() == ["Give a file, or some lines."]


def test_too_many_lines_are_refused(client: Client) -> None:
    lines = "\n".join(f"x{n}" for n in range(5_001))
    page = client.post(
        url("segment_import", "organisation", "vip"), {"by": ["title"], "lines": lines}
    )
    assert "At most 5000 lines at once" in page.context["form"].non_field_errors()[0]


def test_only_a_list_takes_an_import(client: Client) -> None:
    for answer in (
        client.get(url("segment_import", "organisation", "it")),
        client.post(url("segment_import", "organisation", "it"), {"lines": "x", "by": ["title"]}),
    ):
        assert answer.status_code in (302, 403)
