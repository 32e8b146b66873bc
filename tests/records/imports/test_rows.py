"""What becomes of rows: created, updated, unchanged or refused, and a bad one stops no other."""

import pytest

from crm_config.models import Team, User
from records import services as gate
from records.access import Access
from records.gate import Change
from records.models import Event, Record
from records.selectors.reading import get
from tests.cast import Cast, create
from tests.records.imports.conftest import codes, columns, dry, outcomes, real, statuses

DEALS = columns(
    ("name", "name"),
    {"column": "worth", "field": "amount", "currency": "EUR"},
    ("closes", "close_date"),
    type="deal",
    reading={"date_order": "dmy", "decimal_mark": ","},
)
BY_CODE = columns(
    ("code", "code"),
    ("name", "name"),
    ("sector", "sector"),
    ("staff", "headcount"),
    type="organisation",
    match={"on": ["code"], "mode": "both"},
)


def test_bad_rows_stop_no_good_ones(cast: Cast) -> None:
    rows = (
        "A;1.234,50;31.01.2026",
        ";5;01.02.2026",
        "B;a lot;02.02.2026",
        "C;7;31.02.2026",
        "D;8;03.02.2026",
    )
    text = "\n".join(["name;worth;closes", *rows])
    run = real(cast.owner, text, DEALS)
    assert statuses(run) == ["created", "refused", "refused", "refused", "created"]
    assert codes(run) == {3: ["required"], 4: ["not_a_number"], 5: ["no_such_date"]}
    view = get(outcomes(run)[2].record or 0, access=Access.of(cast.owner))
    assert (view.text("amount"), view.text("close_date")) == ("1234.50 EUR", "2026-01-31")
    assert run.counts == {"rows": 5, "created": 2, "refused": 3, "faulty": 3, "made": {}}
    faults = {(f["column"], f["value"]): f["rows"] for f in run.summary["faults"]}
    assert faults["worth", "a lot"] == [4]
    assert faults["name", ""] == [3]


def test_all_that_is_wrong_with_a_row_is_said_at_once(cast: Cast) -> None:
    run = dry(cast.owner, "name;worth;closes\nA;much;soon\n", DEALS)
    assert sorted(codes(run)[2]) == ["not_a_date", "not_a_number"]


def test_a_dry_run_writes_nothing(cast: Cast) -> None:
    before = (Record.unscoped.count(), Event.objects.count(), User.objects.count())
    run = dry(cast.administrator, "name;worth;closes\nA;1;31.01.2026\n", DEALS)
    assert run.counts["created"] == 1
    assert (Record.unscoped.count(), Event.objects.count(), User.objects.count()) == before


def test_rows_find_records_by_a_key_whatever_its_case(cast: Cast) -> None:
    known = create("organisation", cast.owner, name="Aegean", code="AO-1", sector="it", headcount=5)
    text = "code,name,sector,staff\nao-1,Aegean Optics,it,5\nX-2,New,retail,3\n"
    run = real(cast.owner, text, BY_CODE)
    assert statuses(run) == ["updated", "created"]
    view = get(known, access=Access.of(cast.owner))
    assert (view.title, view.value("headcount")) == ("Aegean Optics", 5)
    again = real(cast.owner, text.replace("ao-1", "AO-1"), BY_CODE)
    assert statuses(again)[1] == "unchanged"
    assert Record.unscoped.filter(type="organisation").count() == 2


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("create", ["refused", "created"]),
        ("update", ["updated", "refused"]),
        ("both", ["updated", "created"]),
    ],
)
def test_create_update_or_both(cast: Cast, mode: str, expected: list[str]) -> None:
    create("organisation", cast.owner, name="Known", code="K")
    raw = {**BY_CODE, "match": {"on": ["code"], "mode": mode}}
    tried = dry(cast.owner, "code,name,sector,staff\nK,Renamed,,\nN,New,,\n", raw)
    assert statuses(tried) == expected
    assert (
        statuses(real(cast.owner, "code,name,sector,staff\nK,Renamed,,\nN,New,,\n", raw))
        == expected
    )


def test_a_key_that_stands_twice_in_the_file_is_taken_once(cast: Cast) -> None:
    text = "code,name,sector,staff\nA,First,,\nB,Other,,\na,Second,,\n"
    tried = dry(cast.owner, text, BY_CODE)
    assert codes(tried) == {4: ["repeated"]}
    assert codes(real(cast.owner, text, BY_CODE)) == {4: ["repeated"]}


def test_a_unique_value_twice_is_foretold_by_the_dry_run(cast: Cast) -> None:
    raw = columns(("name", "name"), ("code", "code"), type="organisation")
    text = "name,code\nA,X\nB,Y\nC,x\n"
    assert codes(dry(cast.owner, text, raw)) == {4: ["not_unique"]}
    assert codes(real(cast.owner, text, raw)) == {4: ["not_unique"]}


def test_several_records_with_one_key_are_not_chosen_among(cast: Cast) -> None:
    for headcount in (1, 2):
        create("organisation", cast.owner, name="Twin", headcount=headcount)
    raw = columns(("name", "name"), ("staff", "headcount"), type="organisation")
    one = {**raw, "match": {"on": ["name"], "mode": "both"}}
    assert codes(dry(cast.owner, "name,staff\ntwin,3\n", one)) == {2: ["several"]}
    both = {**raw, "match": {"on": ["name", "headcount"], "mode": "both"}}
    assert statuses(dry(cast.owner, "name,staff\ntwin,2\n", both)) == ["updated"]


def test_an_archived_record_is_not_written_over(cast: Cast) -> None:
    known = create("organisation", cast.owner, name="Gone", code="G")
    gate.execute_or_raise([Change("archive", id=known)], access=Access.system(), channel="system")
    assert codes(dry(cast.owner, "code,name,sector,staff\nG,Back,,\n", BY_CODE)) == {
        2: ["archived"]
    }


def test_empty_cells_keep_or_clear(cast: Cast) -> None:
    known = create("organisation", cast.owner, name="Known", code="K", sector="it", headcount=5)
    text = "code,name,sector,staff\nK,Known,,\n"
    assert statuses(real(cast.owner, text, BY_CODE)) == ["unchanged"]
    assert statuses(real(cast.owner, text, {**BY_CODE, "empty": "clear"})) == ["updated"]
    view = get(known, access=Access.of(cast.owner))
    assert (view.value("sector"), view.value("headcount")) == (None, None)


def test_constants_and_corrections(cast: Cast) -> None:
    raw = columns(
        ("name", "name"),
        {"column": "branch", "field": "sector", "read_as": {"I.T.": "it", "?": None}},
        {"value": "12", "field": "headcount"},
        type="organisation",
    )
    run = real(cast.owner, "name,branch\nA,I.T.\nB,?\nC,retail\nD,i.t.\n", raw)
    assert statuses(run) == ["created", "created", "created", "refused"]
    told = {
        row: [(c.column, c.found, c.read_as) for c in o.corrections]
        for row, o in outcomes(run).items()
    }
    assert told == {2: [("branch", "I.T.", "it")], 3: [("branch", "?", "")], 4: [], 5: []}
    view = get(outcomes(run)[2].record or 0, access=Access.of(cast.owner))
    assert (view.value("sector"), view.value("headcount")) == ("it", 12)
    assert run.counts["corrected"] == 2


def test_what_the_file_itself_has_wrong_refuses_the_row(cast: Cast) -> None:
    run = real(cast.owner, "name;worth;closes\nA;1;1.1.2026;x;y\nB;2;2.1.2026\n", DEALS)
    assert (statuses(run), codes(run)) == (["refused", "created"], {2: ["row"]})


def test_owners_and_teams_by_what_files_call_them(cast: Cast) -> None:
    User.objects.filter(pk=cast.teammate.pk).update(first_name="Ana Maria", last_name="Pop")
    User.objects.filter(pk=cast.stranger.pk).update(is_active=False)
    raw = columns(("name", "name"), ("who", "owner"), ("unit", "team"), type="organisation")
    people = [
        "Ana Maria Pop",
        "Pop, Ana Maria",
        "TEAMMATE",
        "teammate@example.com",
        "Nobody",
        "stranger",
    ]
    text = "name,who,unit\n" + "".join(f'o{i},"{who}",north\n' for i, who in enumerate(people))
    run = real(cast.administrator, text, raw)
    assert statuses(run) == ["created"] * 4 + ["refused"] * 2
    assert codes(run) == {6: ["no_match"], 7: ["inactive"]}
    owned = Record.unscoped.filter(type="organisation")
    assert set(owned.values_list("owner", "team")) == {(cast.teammate.pk, cast.north.pk)}


def test_administrators_may_have_missing_people_made(cast: Cast) -> None:
    raw = columns(
        ("name", "name"),
        {"column": "who", "field": "owner", "create": True},
        {"column": "unit", "field": "team", "create": True},
        type="organisation",
    )
    run = real(cast.administrator, "name,who,unit\nA,Νίκος Παππάς,West\nB,νίκος παππάς,west\n", raw)
    assert statuses(run) == ["created", "created"]
    assert run.counts["made"] == {"owner": 1, "team": 1}
    made = User.objects.get(last_name="Παππάς")
    assert (made.first_name, made.has_usable_password(), made.groups.count()) == ("Νίκος", False, 0)
    assert Team.objects.filter(name="West").count() == 1


def test_parts_of_an_address_keep_the_others(cast: Cast) -> None:
    raw = columns(
        ("name", "name"), ("worth", "amount.amount"), ("cur", "amount.currency"), type="deal"
    )
    run = real(cast.owner, "name,worth,cur\nA,12.50,RON\nB,3,\nC,4,XYZ\n", raw)
    assert statuses(run) == ["created", "created", "refused"]
    fault = outcomes(run)[4].faults[0]
    assert (fault.column, fault.value) == ("cur", "XYZ")
    view = get(outcomes(run)[2].record or 0, access=Access.of(cast.owner))
    assert view.text("amount") == "12.50 RON"
