"""Faults planted in the database, found, and repaired where that is safe."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DataError, connection

from crm_config.live import live
from jobs.services import run_pending
from records import indexes, partitions
from records.audit import storage
from records.audit.faults import KINDS, Report
from records.audit.run import audit
from records.models import Event, Record, RecordLink, SearchEntry, TypeSerial, UniqueValue
from tests import company as small
from tests.cast import create
from tests.company import field, option
from tests.kept import kept
from tests.records.test_retyping import thing

POSTGRES = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db

FIELDS = (
    field("code", unique=True),
    field("size", "integer"),
    field("price", "money"),
    field("tags", "multi_choice", choices=[option("a"), option("b")]),
    field("note", "long_text"),
    field("near", "link", options={"targets": ["organisation"]}),
)


@kept
def pk(company: Any) -> int:
    base = thing(*FIELDS)
    base["fields"][0]["searchable"] = True
    small.publish(base)
    found = create(
        "thing", name="Kiosk", code="K1", size=3, price="5 EUR", tags=["a", "b"], note="Here"
    )
    run_pending()
    return found


def plant(pk: int, **columns: Any) -> None:
    Record.unscoped.filter(pk=pk).update(**columns)


def plant_data(pk: int, **values: Any) -> None:
    record = Record.unscoped.get(pk=pk)
    plant(pk, data={**record.data, **values})


def look(*, repair: bool = False, tables: bool = False) -> Report:
    return audit([live().types["thing"]], snapshot=live(), repair=repair, tables=tables)


def codes(report: Report) -> set[tuple[str, str]]:
    return {(code, about) for code, _type, about in report.standing}


def found_and_repaired(*expected: tuple[str, str]) -> None:
    assert codes(look()) == set(expected)
    mended = look(repair=True)
    assert {(code, about) for code, _type, about in mended.repaired} == set(expected)
    assert codes(mended) == set() == codes(look())


def found_and_left(*expected: tuple[str, str]) -> None:
    assert codes(look(repair=True)) == set(expected) == codes(look())


def test_sound_records_are_sound(pk: int) -> None:
    report = look(tables=True)
    assert codes(report) == set() and report.clean and report.records["thing"] == 1


def test_a_null_goes(pk: int) -> None:
    plant_data(pk, size=None)
    found_and_repaired(("null", "size"))
    assert "size" not in Record.unscoped.get(pk=pk).data


@pytest.mark.parametrize(
    "wrong",
    [{"size": "3"}, {"size": True}, {"code": 7}, {"tags": "a"}, {"tags": [1]}, {"price": "5"}],
)
def test_a_value_of_the_wrong_type_is_told_and_kept(pk: int, wrong: dict[str, Any]) -> None:
    plant_data(pk, **wrong)
    ((key, value),) = wrong.items()
    faults = codes(look(repair=True))
    assert ("unreadable", key) in faults
    assert Record.unscoped.get(pk=pk).data[key] == value


@pytest.mark.parametrize(
    ("key", "crooked", "straight"),
    [
        ("tags", ["b", "a", "b"], ["a", "b"]),
        ("code", " K1\u200b\u0007 ", "K1\u200b"),
        ("code", "Cafe\u0301", "Café"),
    ],
)
def test_a_value_is_written_as_its_field_writes_it(
    pk: int, key: str, crooked: Any, straight: Any
) -> None:
    plant_data(pk, **{key: crooked})
    assert ("not_canonical", key) in codes(look())
    look(repair=True)
    assert codes(look()) == set() and Record.unscoped.get(pk=pk).data[key] == straight
    event = Event.objects.filter(record_id=pk).first()
    assert event is not None and (event.channel, event.reason) == ("command", "audit")


def plant_json(pk: int, code: str) -> None:
    text = json.dumps(Record.unscoped.get(pk=pk).data).replace('"K1"', code)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_record SET data = %s WHERE id = %s", [text, pk])


def test_a_number_beyond_all_numbers_is_found(pk: int) -> None:
    plant_json(pk, "9e999")
    assert ("unreadable", "code") in codes(look())


def test_a_nul_is_refused_by_the_database_or_found(pk: int) -> None:
    if POSTGRES:
        with pytest.raises(DataError):
            plant_json(pk, '"a\\u0000b"')
    else:
        plant_json(pk, '"a\\u0000b"')
        assert ("not_canonical", "code") in codes(look())


def test_unknown_keys_are_told(pk: int) -> None:
    plant_data(pk, nothing=1)
    found_and_left(("unknown_key", "nothing"))
    assert not look().clean


def test_values_in_the_wrong_column_are_told(pk: int) -> None:
    plant_data(pk, note="Here")
    found_and_left(("wrong_column", "note"))


def test_values_of_removed_fields_are_noted(pk: int) -> None:
    small.publish(thing(*FIELDS[2:]))
    run_pending()
    report = look()
    assert codes(report) == {("removed_field", "code"), ("removed_field", "size")} and report.clean


def test_what_did_not_convert_is_noted_and_what_was_not_converted_is_repaired(pk: int) -> None:
    other = create("thing", name="Other", code="12")
    changed = tuple(field("code", "integer") if f["key"] == "code" else f for f in FIELDS)
    small.publish(thing(*changed))
    assert {("left_behind", "code"), ("not_converted", "code")} <= codes(look())
    look(repair=True)
    assert codes(look()) == {("left_behind", "code")}
    assert Record.unscoped.get(pk=other).data["code__v3"] == 12


def test_titles_and_texts_are_made_anew(pk: int) -> None:
    plant(pk, title="Wrong", norm={"name": "wrong"})
    report = look()
    assert {("stale_title", ""), ("stale_norm", "")} <= codes(report)
    look(repair=True)
    record = Record.unscoped.get(pk=pk)
    assert codes(look()) == set() and (record.title, record.norm["name"]) == ("Kiosk", "kiosk")


def test_search_entries_are_made_anew(pk: int) -> None:
    SearchEntry.objects.filter(record=pk, field="name").update(text="wrong")
    SearchEntry.objects.filter(record=pk, field="title").delete()
    found_and_repaired(("stale_search", ""))


def test_unique_values_are_held_again(pk: int) -> None:
    UniqueValue.objects.filter(record=pk).delete()
    found_and_repaired(("missing_unique", "code"))
    UniqueValue.objects.filter(record=pk).update(value="other")
    found_and_repaired(("missing_unique", "code"), ("surplus_unique", "code"))
    assert UniqueValue.objects.get(record=pk).value == "k1"


def test_two_records_with_one_value_are_told(pk: int) -> None:
    other = create("thing", name="Other", code="K2")
    plant_data(other, code="K1")
    look(repair=True)
    found_and_left(("duplicate", "code"))
    assert UniqueValue.objects.get(value="k1").record_id == pk


def test_links_are_held_against_their_field(pk: int) -> None:
    org, archived = create("organisation", name="A"), create("organisation", name="B")
    person = create("person", family_name="P")
    Record.unscoped.filter(pk=archived).update(archived_at="2026-01-01T00:00:00Z")
    for target in (org, archived, person):
        RecordLink.objects.create(source_id=pk, field="near", target_id=target)
    RecordLink.objects.create(source_id=pk, field="far", target_id=org)
    found_and_left(
        ("link_to_wrong_type", "near"),
        ("link_to_archived", "near"),
        ("several_links", "near"),
        ("link_of_no_field", "far"),
    )


def test_links_to_nothing_go(pk: int) -> None:
    org = create("organisation", name="A")
    RecordLink.objects.create(source_id=pk, field="near", target_id=org)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if POSTGRES:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM records_searchentry WHERE record_id = %s", [org])
        cursor.execute("DELETE FROM records_record WHERE id = %s", [org])
        found_and_repaired(("link_to_nothing", "near"))


def test_the_id_tells_the_type(pk: int) -> None:
    plant(pk, type="organisation")
    found_and_repaired(("type_is_not_the_ids", ""))
    assert Record.unscoped.get(pk=pk).type == "thing"


def test_ids_that_are_taken_are_not_given_again(pk: int) -> None:
    record_type = live().types["thing"]
    if POSTGRES:
        with connection.cursor() as cursor:
            name = partitions.sequence_name(record_type.number)
            cursor.execute("SELECT setval(%s::regclass, 1, false)", [f'"{name}"'])
    else:
        TypeSerial.objects.filter(type_number=record_type.number).update(last=0)
    found_and_repaired(("sequence_behind", ""))
    assert create("thing", name="Next") > pk


if POSTGRES:

    def test_a_missing_sequence_and_partition_are_made(pk: int) -> None:
        number = live().types["thing"].number
        with connection.cursor() as cursor:
            cursor.execute(f'DROP SEQUENCE "{partitions.sequence_name(number)}"')
        found_and_repaired(("no_sequence", ""))
        assert storage.last_given(live().types["thing"]) == 1
        Record.unscoped.filter(pk=pk).delete()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            table = partitions.partition_name(number)
            cursor.execute(f'ALTER TABLE records_record DETACH PARTITION "{table}"')
            cursor.execute(f'DROP TABLE "{table}"')
        found_and_repaired(("no_partition", ""))


def test_records_of_a_type_that_is_gone_are_noted(pk: int) -> None:
    small.publish()
    report = audit([], snapshot=live())
    assert ("no_such_type", "thing", "") in report.standing


def test_the_command_tells_people_and_programs(pk: int) -> None:
    plant(pk, title="Wrong")
    told = StringIO()
    with pytest.raises(SystemExit):
        call_command("audit_records", "thing", "--json", stdout=told)
    (row,) = [r for r in json.loads(told.getvalue())["faults"] if r["code"] == "stale_title"]
    assert (row["standing"], row["records"]) == (1, [pk])
    told = StringIO()
    call_command("audit_records", "thing", "--repair", stdout=told)
    assert "thing stale_title" in told.getvalue() and "1 repaired" in told.getvalue()
    told = StringIO()
    call_command("audit_records", "thing", stdout=told)
    assert "Nothing is wrong." in told.getvalue()


def test_indexes_that_are_missing_are_found_and_made(transactional_db: Any) -> None:
    small.publish(thing(field("x", filterable=True)))
    run_pending()
    name = next(iter(indexes.present()))
    indexes.drop(name)
    report = audit([], snapshot=live())
    assert {code for code, _type, _about in report.standing} == {"missing_index"}
    assert audit([], snapshot=live(), repair=True).clean
    assert name in indexes.present()
    for each in indexes.present():
        indexes.drop(each)


def test_each_kind_of_fault_is_described() -> None:
    assert all(kind.says and not (kind.note and kind.mended) for kind in KINDS.values())
