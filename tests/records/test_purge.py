"""What was archived comes back; what was removed stays until it is purged, and then is gone."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from crm_config import publication
from crm_config.live import live
from jobs.models import Job
from jobs.services import run_pending
from records.access import Access
from records.models import Event, Record, RecordLink, SearchEntry, UniqueValue
from records.selectors import Query, get, page
from tests import company as small
from tests.cast import create
from tests.company import field, option
from tests.records.test_retyping import change, thing

pytestmark = pytest.mark.django_db

SEARCHED = field("x", searchable=True, unique=True)


def titles(text: str) -> list[str]:
    rows = page(Query(live().types["thing"], search=text), access=Access.system()).rows
    return [row.title for row in rows]


def publish(*fields: dict[str, Any], **more: Any) -> None:
    small.publish(thing(*fields, **more))
    run_pending()


def test_an_archived_field_comes_back_with_its_values(company: Any) -> None:
    publish(SEARCHED)
    pk = create("thing", name="A", x="Kiosk")
    publish({**SEARCHED, "retired": True})
    assert titles("kiosk") == []
    change(pk, name="B")
    assert Record.unscoped.get(pk=pk).data["x"] == "Kiosk"
    publish(SEARCHED)
    assert get(pk, access=Access.system()).value("x") == "Kiosk"
    assert titles("kiosk") == ["B"]
    assert UniqueValue.objects.get(record=pk, field="x").value == "kiosk"


def test_an_archived_option_is_kept_by_those_who_hold_it(company: Any) -> None:
    publish(field("x", "choice", choices=[option("it"), option("fax")]))
    pk = create("thing", name="A", x="fax")
    publish(field("x", "choice", choices=[option("it"), option("fax", retired=True)]))
    change(pk, name="B", x="fax")
    assert get(pk, access=Access.system()).display("x") == "Fax"
    publish(field("x", "choice", choices=[option("it"), option("fax")]))
    assert create("thing", name="C", x="fax")


def test_an_archived_type_comes_back_with_its_records(company: Any) -> None:
    publish(SEARCHED)
    pk = create("thing", name="A", x="Kiosk")
    publish(SEARCHED, retired=True)
    publish(SEARCHED)
    assert get(pk, access=Access.system()).value("x") == "Kiosk" and titles("kiosk") == ["A"]


def test_a_removed_field_comes_back_with_a_rollback_until_it_is_purged(company: Any) -> None:
    publish(SEARCHED)
    pk = create("thing", name="A", x="Kiosk")
    publish()
    assert SearchEntry.objects.filter(field="x").count() == 0
    publication.rollback(live().version - 1, user=None)
    run_pending()
    assert get(pk, access=Access.system()).value("x") == "Kiosk" and titles("kiosk") == ["A"]


def test_purging_removes_values_texts_links_and_history(company: Any) -> None:
    link = field("y", "link", options={"targets": ["organisation"]})
    publish(SEARCHED, link)
    org = create("organisation", name="O")
    pk = create("thing", name="A", x="Kiosk", y=org)
    publish(field("x", "integer"))
    change(pk, x=7)
    publish()
    told = StringIO()
    call_command("purge_field", "thing", "x", "--yes", stdout=told)
    assert "thing.x: 1 records, 0 links, 2 events" in told.getvalue()
    call_command("purge_field", "thing", "y", "--yes", stdout=told)
    record = Record.unscoped.get(pk=pk)
    assert (record.data, record.norm) == ({"name": "A"}, {"name": "a", "title": "a"})
    assert not RecordLink.objects.exists()
    assert not Event.objects.filter(changes__has_key="x").exists()
    assert Event.objects.filter(record_id=pk, changes__has_key="name").count() == 1
    assert Job.objects.filter(kind="records.purge_field", state="done").count() == 2


def test_what_is_configured_is_not_purged(company: Any) -> None:
    publish(field("x", retired=True))
    for arguments in (("thing", "x"), ("thing", "never"), ("never", "x")):
        with pytest.raises(CommandError, match=r"never was|configuration"):
            call_command("purge_field", *arguments, "--yes")
    with pytest.raises(CommandError, match="configuration"):
        call_command("purge_type", "thing", "--yes")


def test_nothing_is_removed_before_somebody_says_so(
    company: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(field("x"))
    pk = create("thing", name="A", x="Kiosk")
    publish()
    monkeypatch.setattr("builtins.input", lambda question: "y")
    with pytest.raises(CommandError, match="Nothing was removed"):
        call_command("purge_field", "thing", "x", stdout=StringIO())
    assert "x" in Record.unscoped.get(pk=pk).data


def test_what_a_retyped_field_left_behind_can_be_purged_apart(company: Any) -> None:
    publish(field("x"))
    bad, good = create("thing", name="A", x="a dozen"), create("thing", name="B", x="12")
    publish(field("x", "integer"))
    call_command("purge_field", "thing", "x", "--left-behind", "--yes", stdout=StringIO())
    assert Record.unscoped.get(pk=bad).data == {"name": "A"}
    assert get(good, access=Access.system()).value("x") == 12


def test_a_removed_types_records_are_purged_with_all_that_is_theirs(company: Any) -> None:
    publish(field("x"))
    pk = create("thing", name="A", x="1")
    small.publish()
    told = StringIO()
    call_command("purge_type", "thing", "--yes", stdout=told)
    assert "thing: 1 records" in told.getvalue()
    assert not Record.unscoped.filter(pk=pk).exists()
    assert not Event.objects.filter(record_id=pk).exists()
    publish(field("x"))
    assert create("thing", name="B") > pk
