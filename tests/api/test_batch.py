"""Many changes in one request."""

import pytest

from records.models import Event, Record
from tests.api.conftest import program_of
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


def test_kinds_of_change_can_be_mixed(cast: Cast) -> None:
    changed, archived, gone = (create("organisation", cast.owner, name=n) for n in "ABC")
    answer = program_of(cast.owner).post(
        "records/organisation/batch",
        {
            "reason": "Clean up",
            "changes": [
                {"action": "create", "fields": {"name": "D"}, "ref": "row 1"},
                {"action": "change", "id": changed, "version": 1, "fields": {"name": "E"}},
                {"action": "archive", "id": archived},
                {"action": "delete", "id": gone},
            ],
        },
    )
    assert answer.status == 200 and answer.body["ok"], answer.body
    outcomes = answer.body["outcomes"]
    assert outcomes[0]["ref"] == "row 1" and outcomes[0]["version"] == 1
    assert [o["written"] for o in outcomes] == [True] * 4
    assert Record.unscoped.get(pk=outcomes[0]["id"]).title == "D"
    assert Record.unscoped.get(pk=changed).title == "E"
    assert set(Event.objects.filter(reason="Clean up").values_list("channel", flat=True)) == {"api"}
    assert Event.objects.filter(reason="Clean up").values("batch").distinct().count() == 1


def test_it_is_all_or_nothing(cast: Cast) -> None:
    changes = [{"action": "create", "fields": fields} for fields in ({"name": "A"}, {})]
    answer = program_of(cast.owner).post("records/organisation/batch", {"changes": changes})
    assert (answer.status, answer.code) == (422, "invalid")
    (error,) = answer.body["errors"]
    assert (error["code"], error["field"], error["place"]) == (
        "required",
        "name",
        "body.changes[1]",
    )
    assert not Record.unscoped.exists()


def test_partly_makes_what_fits(cast: Cast) -> None:
    theirs = create("organisation", cast.stranger, name="Theirs")
    deal = create("deal", cast.owner, name="D")
    changes = [
        {"action": "create", "fields": {"name": "A"}},
        {"action": "create", "fields": {"name": "B", "headcount": "many"}},
        {"action": "change", "id": theirs, "version": "*", "fields": {"name": "C"}},
        {"action": "delete", "id": deal},
    ]
    body = {"changes": changes, "partial": True}
    answer = program_of(cast.owner).post("records/organisation/batch", body)
    assert answer.status == 200 and not answer.body["ok"]
    outcomes = answer.body["outcomes"]
    assert [o["ok"] for o in outcomes] == [True, False, False, False]
    assert outcomes[1]["errors"][0]["place"] == "body.changes[1].fields.headcount"
    assert [o["errors"][0]["code"] for o in outcomes[2:]] == ["not_found", "not_found"]
    assert outcomes[2]["version"] is None
    assert Record.unscoped.count() == 3


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ([], "body.changes"),
        ([{"action": "create"}] * 1001, "body.changes"),
        ([{"action": "rename", "id": 1}], "body.changes[0].action"),
        ([{"action": "archive"}], "body.changes[0].id"),
        ([{"action": "create", "id": 5}], "body.changes[0].id"),
        ([{"action": "change", "id": 5}], "body.changes[0].version"),
        ([{"action": "archive", "id": 5}, {"action": "delete", "id": 5}], "body.changes[1].id"),
        ([{"action": "archive", "id": 5, "value": 1}], "body.changes[0].value"),
        ([7], "body.changes[0]"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(cast: Cast, changes: list, place: str) -> None:
    answer = program_of(cast.owner).post("records/organisation/batch", {"changes": changes})
    assert (answer.status, answer.code) == (422, "invalid")
    assert answer.body["errors"][0]["place"] == place


def test_a_thousand_at_once(cast: Cast, django_assert_max_num_queries) -> None:
    changes = [{"action": "create", "fields": {"name": f"N {n}"}} for n in range(1000)]
    program = program_of(cast.owner)
    with django_assert_max_num_queries(60):
        answer = program.post("records/organisation/batch", {"changes": changes})
    assert answer.body["ok"] and len(answer.body["outcomes"]) == 1000
    assert Record.unscoped.count() == 1000
