"""Creating and editing in forms made from the fields."""

import pytest

from records import services
from records.access import Access
from records.gate import Change
from records.models import Record
from tests import company as small
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url

pytestmark = pytest.mark.django_db


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


def stored(pk: int) -> dict:
    return Record.unscoped.get(pk=pk).data


def filled(client, address: str, **changes: object) -> dict:
    """What a browser sends back of a form, with some fields changed."""
    form = client.get(address)
    values = {}
    for bound in form.context["form"]:
        values.update(sent(bound))
    if base := form.context.get("base_version"):
        values["base_version"] = str(base)
    return {**values, **changes}


def sent(bound) -> dict:
    value, name = bound.value(), bound.html_name
    widget = bound.field.widget
    if hasattr(widget, "widgets_names"):
        parts = widget.decompress(value) if not isinstance(value, list) else value
        return {
            name + suffix: part or ""
            for suffix, part in zip(widget.widgets_names, parts, strict=True)
        }
    if value is None or value is False:
        return {}
    return {name: value}


def test_a_record_is_created_with_its_creator_as_owner(cast: Cast) -> None:
    client = browser(cast.owner)
    given = filled(client, url("new", "organisation"), **{"f-name": "New one", "f-sector": "it"})
    answer = client.post(url("new", "organisation"), given)
    record = Record.unscoped.get()
    assert answer.status_code == 302 and answer["Location"] == url("record", record.pk)
    assert (record.title, record.owner, record.data["sector"]) == ("New one", cast.owner, "it")


def test_all_refusals_are_shown_and_what_was_typed_is_kept(cast: Cast) -> None:
    answer = browser(cast.owner).post(
        url("new", "organisation"), {"f-headcount": "many", "f-notes": "typed text"}
    )
    assert {"headcount", "name"} <= set(answer.context["form"].errors)
    assert "typed text" in text_of(answer) and not Record.unscoped.exists()


def test_what_only_the_gate_knows_is_shown_at_its_field(cast: Cast) -> None:
    create("organisation", name="A", code="X-1")
    given = {"f-name": "B", "f-code": "x-1", "f-owner": cast.owner.pk}
    answer = browser(cast.owner).post(url("new", "organisation"), given)
    assert set(answer.context["form"].errors) == {"code"}
    assert 'value="B"' in text_of(answer) and Record.unscoped.count() == 1


def test_without_the_right_to_create_there_is_no_form(cast: Cast) -> None:
    client = browser(cast.teammate)
    assert client.get(url("new", "organisation")).status_code == 302
    assert client.post(url("new", "organisation"), {"f-name": "X"}).status_code == 302
    assert not Record.unscoped.exists()


def test_only_readable_fields_are_in_the_form_and_hidden_ones_are_kept(
    cast: Cast, alpha: int
) -> None:
    client = browser(cast.owner)
    address = url("edit", alpha)
    shown = client.get(address)
    assert "margin" not in shown.context["form"].fields and "918273" not in text_of(shown)
    client.post(address, filled(client, address, **{"f-name": "Alpha 2", "f-margin": "1"}))
    assert stored(alpha) == {"name": "Alpha 2", "headcount": 5, "margin": 918273}


def test_only_changed_fields_are_sent(cast: Cast, alpha: int) -> None:
    client = browser(cast.owner)
    address = url("edit", alpha)
    before = Record.unscoped.get(pk=alpha).version
    client.post(address, filled(client, address))
    assert Record.unscoped.get(pk=alpha).version == before


def test_edits_of_other_fields_meanwhile_are_kept(cast: Cast, alpha: int) -> None:
    client = browser(cast.owner)
    address = url("edit", alpha)
    given = filled(client, address, **{"f-name": "Alpha 2"})
    services.execute_or_raise(
        [Change("change", id=alpha, values={"headcount": 8})],
        access=Access.system(),
        channel="api",
    )
    assert client.post(address, given).status_code == 302
    assert stored(alpha) == {"name": "Alpha 2", "headcount": 8, "margin": 918273}


@pytest.fixture
def clash(cast: Cast, alpha: int):
    """The owner's form with a name and a headcount, after somebody else changed the headcount."""
    client = browser(cast.owner)
    address = url("edit", alpha)
    given = filled(client, address, **{"f-name": "Alpha 2", "f-headcount": "9"})
    services.execute_or_raise(
        [Change("change", id=alpha, values={"headcount": 8})],
        access=Access.of(cast.administrator),
        channel="api",
    )
    return client, address, client.post(address, given)


def test_a_clash_shows_both_values_and_saves_nothing(cast: Cast, alpha: int, clash) -> None:
    _client, _address, answer = clash
    (conflict,) = answer.context["conflicts"]
    assert (conflict.field.key, str(conflict.theirs), str(conflict.mine)) == ("headcount", "8", "9")
    assert conflict.by == "administrator"
    assert answer.context["form"]["name"].value() == "Alpha 2"
    assert stored(alpha)["headcount"] == 8 and stored(alpha)["name"] == "Alpha"


@pytest.mark.parametrize(("choice", "headcount"), [("mine", 9), ("theirs", 8)])
def test_after_a_clash_one_chooses(
    cast: Cast, alpha: int, clash, choice: str, headcount: int
) -> None:
    client, address, answer = clash
    given = {}
    for bound in answer.context["form"]:
        given.update(sent(bound))
    given |= {"base_version": answer.context["base_version"], "take-headcount": choice}
    assert client.post(address, given).status_code == 302
    assert stored(alpha) == {"name": "Alpha 2", "headcount": headcount, "margin": 918273}


def test_the_owner_is_given_by_those_who_may_assign(cast: Cast, alpha: int) -> None:
    shown = browser(cast.teammate).get(url("edit", alpha))
    assert "owner" not in shown.context["form"].fields
    client = browser(cast.owner)
    address = url("edit", alpha)
    cast.outsider.is_active = False
    cast.outsider.save()
    offered = [name for _pk, name in client.get(address).context["form"].fields["owner"].choices]
    assert "Teammate" in offered and "Outsider" not in offered
    client.post(address, filled(client, address, **{"f-owner": str(cast.teammate.pk)}))
    assert Record.unscoped.get(pk=alpha).owner == cast.teammate


def test_whoever_gives_a_record_out_of_sight_lands_on_the_list(cast: Cast) -> None:
    client = browser(cast.administrator)
    given = {"f-name": "Away", "f-owner": str(cast.stranger.pk)}
    assert client.post(url("new", "organisation"), given).status_code == 302
    mine = browser(cast.owner)
    pk = create("organisation", cast.owner, name="Mine")
    answer = mine.post(
        url("edit", pk),
        filled(mine, url("edit", pk), **{"f-owner": str(cast.stranger.pk)}),
        follow=True,
    )
    assert answer.status_code in (200, 404)
    assert mine.get(url("record", pk)).status_code == 404


def test_a_field_fixed_after_creation_is_text_when_editing(cast: Cast) -> None:
    small.publish(
        small.record_type(
            "deal", small.field("name"), small.field("source", readonly_after_creation=True)
        )
    )
    pk = create("deal", name="D", source="fair", owner=cast.owner.pk)
    assert "source" in browser(cast.owner).get(url("new", "deal")).context["form"].fields
    shown = browser(cast.owner).get(url("edit", pk))
    assert "source" not in shown.context["form"].fields and "fair" in text_of(shown)


def test_linked_records_are_offered_as_far_as_they_are_seen(cast: Cast) -> None:
    mine = create("organisation", cast.owner, name="Mine")
    create("organisation", cast.stranger, name="Mine too")
    client = browser(cast.owner)
    offered = client.get(url("choose", "person", "company", q="mine")).json()
    assert [each["id"] for each in offered["results"]] == [mine]
    assert offered["create"][0]["label"] == "Organisation"
    assert client.get(url("choose", "person", "family_name", q="x")).status_code == 404
    assert browser(cast.teammate).get(url("choose", "person", "company")).json()["create"] == []


def test_a_link_is_chosen_by_its_number_without_a_script(cast: Cast) -> None:
    org = create("organisation", cast.owner, name="Mine")
    client = browser(cast.owner)
    given = filled(client, url("new", "person"), **{"f-family_name": "P", "f-company": str(org)})
    client.post(url("new", "person"), given)
    person = Record.unscoped.get(type="person")
    assert list(person.links_out.values_list("target", flat=True)) == [org]
    assert "Mine" in text_of(client.get(url("edit", person.pk)))


def test_links_to_what_one_does_not_see_stay(cast: Cast) -> None:
    small.publish(
        small.record_type(
            "deal",
            small.field("name"),
            small.field("parties", "link", options={"targets": ["organisation"], "multiple": True}),
        )
    )
    mine, more = (create("organisation", cast.owner, name=n) for n in ("Mine", "More"))
    theirs = create("organisation", cast.stranger, name="Theirs")
    pk = create("deal", name="D", parties=[mine, theirs], owner=cast.owner.pk)
    client = browser(cast.owner)
    address = url("edit", pk)
    shown = client.get(address)
    assert str(theirs) not in text_of(shown)
    client.post(address, filled(client, address, **{"f-parties": f"{more}"}))
    links = Record.unscoped.get(pk=pk).links_out.values_list("target", flat=True)
    assert set(links) == {more, theirs}


def test_a_record_is_created_from_within_a_chooser(cast: Cast) -> None:
    client = browser(cast.owner)
    address = url("quick_create", "organisation", typed="Fresh")
    shown = client.get(address, **PART)
    assert list(shown.context["form"].fields) == ["name"]
    assert shown.context["form"]["name"].value() == "Fresh"
    made = client.post(address, {"f-name": "Fresh"}, **PART).json()
    assert made["title"] == "Fresh" and Record.unscoped.get(pk=made["id"]).owner == cast.owner
    refused = client.post(address, {"f-name": ""}, **PART)
    assert refused.context["form"].errors["name"]


def test_every_kind_of_field_has_a_form_that_saves(cast: Cast) -> None:
    kinds = ("text", "long_text", "rich_text", "integer", "decimal", "money", "percent", "date",
             "datetime", "time", "duration", "boolean", "rating", "email", "phone", "url", "address",
             "location", "user", "team")  # fmt: skip
    small.publish(
        small.record_type("deal", small.field("name"), *(small.field(f"a_{k}", k) for k in kinds))
    )
    client = browser(cast.administrator)
    pk = create("deal", name="D", a_integer=3, a_money="5 EUR", a_date="2026-01-31")
    address = url("edit", pk)
    assert client.get(url("new", "deal")).status_code == 200
    answer = client.post(address, filled(client, address, **{"f-a_integer": "4"}))
    assert answer.status_code == 302
    assert stored(pk)["a_integer"] == 4 and Record.unscoped.get(pk=pk).version == 2
