"""What a form for staff begins with and writes, and the rights that hold on it as on every form."""

from typing import Any

import pytest

from records import services
from records.access import Access
from records.gate import Change
from records.models import Record, RecordLink
from tests.cast import Cast, create
from tests.forms_builder.layouts.staff import item, laid_out, staff
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db


def data(pk: int | None = None) -> dict[str, Any]:
    return (Record.unscoped.get(pk=pk) if pk else Record.unscoped.get()).data


def test_a_new_record_is_its_makers_and_takes_its_defaults(cast: Cast) -> None:
    laid_out(staff(item("name"), item("tags", default=["new"])))
    client = browser(cast.owner)
    assert client.get(url("new", "deal")).context["form"]["tags"].value() == ["new"]
    client.post(url("new", "deal"), {"f-name": "D", "f-tags": ["new"]})
    record = Record.unscoped.get()
    assert (record.owner, record.team, record.data["tags"]) == (cast.owner, cast.north, ["new"])


def test_what_the_address_hands_over_is_kept_though_the_form_does_not_ask_it(cast: Cast) -> None:
    laid_out(staff(item("name")))
    org = create("organisation", cast.owner, name="O")
    browser(cast.owner).post(url("new", "deal", customer=org), {"f-name": "D"})
    deal = Record.unscoped.get(type="deal")
    assert list(RecordLink.objects.filter(source=deal).values_list("target", flat=True)) == [org]


def test_the_address_fills_in_what_the_form_says(cast: Cast) -> None:
    laid_out(staff(item("name", prefill="from"), item("close_date", prefill="day", readonly=True)))
    client = browser(cast.owner)
    address = url("new", "deal", **{"from": "Fair", "day": "2026-05-05"})
    assert client.get(address).context["form"]["name"].value() == "Fair"
    client.post(address, {"f-name": "Fair", "f-close_date": "2027-01-01"})
    assert data() == {"name": "Fair", "close_date": "2026-05-05"}


def test_a_hidden_value_is_written_and_cannot_be_posted(cast: Cast) -> None:
    hidden = item("mark", "hidden", options={"field": "tags"}, default=["big"])
    laid_out(staff(item("name"), hidden))
    browser(cast.owner).post(url("new", "deal"), {"f-name": "D", "f-tags": ["hot"]})
    assert data()["tags"] == ["big"]


def test_a_hidden_value_is_written_with_a_change_as_well(cast: Cast) -> None:
    hidden = item("mark", "hidden", options={"field": "tags"}, default=["big"])
    laid_out(staff(item("name"), hidden))
    deal = create("deal", cast.owner, name="D")
    browser(cast.owner).post(url("edit", deal), {"f-name": "E"})
    assert data(deal) == {"name": "E", "tags": ["big"]}


def test_nothing_changed_writes_nothing(cast: Cast) -> None:
    laid_out(staff(item("name"), item("tags", default=["new"]), item("won")))
    deal = create("deal", cast.owner, name="D")
    before = Record.unscoped.get(pk=deal).version
    browser(cast.owner).post(url("edit", deal), {"f-name": "D"})
    assert Record.unscoped.get(pk=deal).version == before


def test_a_field_that_one_may_not_read_is_not_on_it_and_is_kept(cast: Cast) -> None:
    laid_out(staff(item("name"), item("margin"), type="organisation"))
    org = create("organisation", name="O", margin=918273, owner=cast.owner.pk)
    client = browser(cast.owner)
    shown = client.get(url("edit", org))
    assert list(shown.context["form"].fields) == ["name"]
    assert "918273" not in text_of(shown) and "Margin" not in text_of(shown)
    client.post(url("edit", org), {"f-name": "P", "f-margin": "1"})
    assert data(org) == {"name": "P", "margin": 918273}


def test_a_field_that_one_may_not_write_is_only_read(cast: Cast) -> None:
    from tests import company as small

    roles = small.small_company()["roles"]
    roles[2]["fields"] += [{"type": "deal", "field": "name", "access": "read"}]
    laid_out(staff(item("name"), item("won")), roles=roles)
    deal = create("deal", name="Standing", owner=cast.owner.pk)
    client = browser(cast.owner)
    shown = client.get(url("edit", deal))
    assert list(shown.context["form"].fields) == ["won"] and "Standing" in text_of(shown)
    client.post(url("edit", deal), {"f-name": "Forged", "f-won": "on"})
    assert data(deal) == {"name": "Standing", "won": True}


def test_what_the_gate_refuses_stands_at_its_field_and_nothing_typed_is_lost(cast: Cast) -> None:
    laid_out(staff(item("name"), item("code"), item("notes"), type="organisation"))
    create("organisation", name="A", code="X-1")
    given = {"f-name": "B", "f-code": "x-1", "f-notes": "typed text"}
    answer = browser(cast.owner).post(url("new", "organisation"), given)
    assert set(answer.context["form"].errors) == {"code"} and "typed text" in text_of(answer)


def test_what_the_gate_asks_of_a_field_that_is_not_there_is_told_by_its_name(cast: Cast) -> None:
    laid_out(staff(item("won")))
    answer = browser(cast.owner).post(url("new", "deal"), {"f-won": "on"})
    assert "“Name”" in text_of(answer) and not Record.unscoped.exists()


def test_two_who_change_the_same_choose(cast: Cast) -> None:
    laid_out(staff(item("name"), item("won")))
    deal = create("deal", cast.owner, name="D")
    version = Record.unscoped.get(pk=deal).version
    theirs = Change("change", id=deal, values={"name": "Theirs"})
    services.execute_or_raise([theirs], access=Access.system(), channel="api")
    given = {"f-name": "Mine", "base_version": version}
    answer = browser(cast.owner).post(url("edit", deal), given)
    assert answer.context["conflicts"] and 'value="Mine"' in text_of(answer)
    assert data(deal)["name"] == "Theirs"


def test_texts_of_the_form_stand_in_place_of_the_fields(cast: Cast) -> None:
    laid_out(
        staff(
            item("name", labels={"en": "What is it about?"}, help={"en": "In three words."}),
            item("why", "text", options={"text": {"en": "Speak with the customer first."}}),
            intro={"en": "Before you begin."},
        )
    )
    text = text_of(browser(cast.owner).get(url("new", "deal")))
    for said in ("What is it about?", "In three words.", "Speak with", "Before you begin."):
        assert said in text
