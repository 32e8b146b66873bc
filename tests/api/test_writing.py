"""Creating, changing, archiving and deleting one record."""

import json

import pytest

from records.models import Event, Record
from tests.api.conftest import program_of
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


def test_a_record_is_created_and_told_where_it_is(cast: Cast) -> None:
    program = program_of(cast.owner)
    answer = program.post("records/organisation", {"fields": {"name": "A"}, "reason": "Fair"})
    assert answer.status == 201, answer.body
    assert answer.headers["Location"] == answer.body["url"] and answer.headers["ETag"] == '"1"'
    assert answer.body["fields"]["owner"] == cast.owner.pk
    assert program.get(answer.headers["Location"]).body == answer.body
    event = Event.objects.get(record_id=answer.body["id"])
    assert (event.channel, event.reason, event.actor) == ("api", "Fair", cast.owner)


def test_all_that_is_wrong_is_told_at_once(cast: Cast) -> None:
    program = program_of(cast.owner)
    fields = {"headcount": "many", "sector": "farming"}
    answer = program.post("records/organisation", {"fields": fields})
    assert (answer.status, answer.code) == (422, "invalid")
    assert {f for _code, f in answer.codes()} >= {"headcount", "sector"}
    places = {e.get("place") for e in answer.body["errors"]}
    assert places >= {"body.fields.headcount", "body.fields.sector"}
    strange = program.post("records/organisation", {"fields": {"x": 1, "created_at": "2026-01-01"}})
    assert strange.codes() == {
        ("unknown_field", "x"),
        ("read_only", "created_at"),
        ("required", "name"),
    }
    assert not Record.unscoped.exists()


def test_who_may_not_create_is_told_so(cast: Cast) -> None:
    answer = program_of(cast.teammate).post("records/organisation", {"fields": {"name": "A"}})
    assert (answer.status, answer.code) == (403, "forbidden")


def test_a_change_needs_the_version_it_was_made_from(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    program = program_of(cast.owner)
    missing = program.patch(f"records/organisation/{pk}", {"name": "B"})
    assert (missing.status, missing.code) == (428, "version_missing")
    changed = program.patch(f"records/organisation/{pk}", {"name": "B"}, 1)
    assert (changed.status, changed.headers["ETag"]) == (200, '"2"')
    assert changed.body["title"] == "B" and changed.body["version"] == 2


def test_what_others_changed_elsewhere_is_kept(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A", headcount=1)
    program = program_of(cast.owner)
    program.patch(f"records/organisation/{pk}", {"headcount": 2}, 1)
    merged = program.patch(f"records/organisation/{pk}", {"name": "B"}, 1)
    assert (merged.status, merged.body["version"]) == (200, 3)
    assert (merged.body["fields"]["headcount"], merged.body["title"]) == (2, "B")


def test_overlapping_changes_are_shown_with_both_values(cast: Cast) -> None:
    pk = create("deal", cast.owner, name="D", amount="10 EUR")
    program_of(cast.administrator).patch(f"records/deal/{pk}", {"amount": "20 EUR"}, 1)
    answer = program_of(cast.owner).patch(f"records/deal/{pk}", {"amount": "30 EUR"}, 1)
    assert (answer.status, answer.code) == (412, "conflict")
    (error,) = answer.body["errors"]
    assert (error["code"], error["field"], error["by"]) == ("conflict", "amount", "administrator")
    assert (error["theirs"]["amount"], error["mine"]["amount"]) == ("20.00", "30.00")
    assert Record.unscoped.get(pk=pk).version == 2


def test_a_conflict_shows_no_link_that_the_caller_does_not_see(cast: Cast) -> None:
    theirs, mine = (create("organisation", u, name="O") for u in (cast.stranger, cast.owner))
    pk = create("person", family_name="P", owner=cast.owner.pk)
    program_of(cast.administrator).patch(f"records/person/{pk}", {"company": theirs}, 1)
    answer = program_of(cast.owner).patch(f"records/person/{pk}", {"company": mine}, 1)
    (error,) = answer.body["errors"]
    assert (error["theirs"], error["mine"]) == (None, mine)


@pytest.mark.parametrize("tag", ['"7"', '"abc"', 'W/"1"', "nonsense"])
def test_a_version_that_was_never_given_out_fits_nothing(cast: Cast, tag: str) -> None:
    pk = create("organisation", cast.owner, name="A")
    answer = program_of(cast.owner).patch(f"records/organisation/{pk}", {"name": "B"}, tag)
    assert (answer.status, answer.code) == (412, "stale")


def test_a_star_fits_any_version(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    program = program_of(cast.owner)
    program.patch(f"records/organisation/{pk}", {"name": "B"}, 1)
    assert program.patch(f"records/organisation/{pk}", {"name": "C"}, "*").body["title"] == "C"
    assert program.patch(f"records/organisation/{pk}", {"name": "D"}, '"1", "3"').status == 200


def test_a_change_that_changes_nothing_keeps_the_version(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    answer = program_of(cast.owner).patch(f"records/organisation/{pk}", {"name": "A"}, 1)
    assert (answer.status, answer.body["version"]) == (200, 1)


def test_null_empties_a_field(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A", headcount=4)
    program = program_of(cast.owner)
    emptied = program.patch(f"records/organisation/{pk}", {"headcount": None}, 1)
    assert emptied.body["fields"]["headcount"] is None
    refused = program.patch(f"records/organisation/{pk}", {"name": None}, 2)
    assert refused.codes() == {("required", "name")}


def test_what_one_gave_away_is_not_shown_again(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    program = program_of(cast.owner)
    answer = program.patch(f"records/organisation/{pk}", {"owner": cast.stranger.pk}, 1)
    assert (answer.status, answer.body["fields"], answer.body["title"]) == (200, {}, "")
    assert (answer.body["id"], answer.body["version"]) == (pk, 2)
    assert program.get(f"records/organisation/{pk}").status == 404


def test_archiving_and_restoring(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    program = program_of(cast.owner)
    archived = program.post(f"records/organisation/{pk}/archive")
    assert (archived.status, archived.body["archived"]) == (200, True)
    again = program.post(f"records/organisation/{pk}/archive")
    assert (again.status, again.body["version"]) == (200, archived.body["version"])
    refused = program.patch(f"records/organisation/{pk}", {"name": "B"}, 2)
    assert (refused.status, refused.code) == (409, "archived")
    restored = program.post(f"records/organisation/{pk}/restore", If_Match='"2"')
    assert (restored.status, restored.body["archived"]) == (200, False)


def test_deleting_is_for_ever(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    program = program_of(cast.owner)
    gone = program.delete(f"records/organisation/{pk}")
    assert (gone.status, gone.body) == (204, None)
    assert program.get(f"records/organisation/{pk}").status == 404
    assert program.delete(f"records/organisation/{pk}").status == 404


def test_what_others_hold_on_to_stays(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    create("deal", cast.owner, name="D", customer=pk)
    held = program_of(cast.owner).delete(f"records/organisation/{pk}")
    assert (held.status, held.code) == (409, "held")


def test_deleting_can_name_the_version_too(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    program = program_of(cast.owner)
    program.patch(f"records/organisation/{pk}", {"name": "B"}, 1)
    stale = program.delete(f"records/organisation/{pk}", If_Match='"1"')
    assert (stale.status, stale.code) == (412, "stale")
    assert program.delete(f"records/organisation/{pk}", If_Match='"2"').status == 204


@pytest.mark.parametrize("name", ["a\x00b", "\ud83d\ude00", "x" * 3000, "<b>", 7, True, [], {}])
def test_any_json_value_gets_an_answer(cast: Cast, name: object) -> None:
    answer = program_of(cast.owner).post("records/organisation", {"fields": {"name": name}})
    assert answer.status in (201, 422), json.dumps(answer.body)
