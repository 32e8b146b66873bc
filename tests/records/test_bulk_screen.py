"""One change for many records of a list."""

import json

import pytest

from jobs.models import Job
from jobs.services import run_pending
from records import bulk
from records.models import Event, Record
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db

IT = {"field": "sector", "op": "eq", "value": "it"}


@kept
def some(cast: Cast) -> list[int]:
    north = {"team": cast.north.pk}
    return [
        create("organisation", name="A", sector="it", owner=cast.owner.pk, **north),
        create("organisation", name="B", sector="it", owner=cast.owner.pk, **north),
        create("organisation", name="C", sector="retail", owner=cast.stranger.pk),
    ]


def post(user, **given):
    return browser(user).post(url("bulk", "organisation"), given, follow=True)


def sectors() -> list[str | None]:
    rows = Record.unscoped.filter(type="organisation").order_by("pk")
    return [row.data.get("sector") for row in rows]


def test_fields_are_chosen_looked_over_and_changed(cast: Cast, some: list[int]) -> None:
    given = {"do": "edit", "ids": some[:2]}
    first = post(cast.owner, **given)
    assert first.context["number"] == 2 and not first.context["form"].fields
    assert "margin" not in {f.key for f in first.context["others"]}
    added = post(cast.owner, **given, add="sector")
    assert list(added.context["form"].fields) == ["sector"]
    given |= {"field": ["sector"], "f-sector": "retail"}
    looked = post(cast.owner, **given, preview="1")
    assert (looked.context["preview"].fine, looked.context["preview"].refused) == (2, 0)
    assert sectors() == ["it", "it", "retail"]
    done = post(cast.owner, **given, run="1")
    assert sectors() == ["retail"] * 3 and done.context["result"]["changed"] == 2
    assert Event.objects.filter(channel="bulk").count() == 2


def test_what_was_typed_stays_while_a_field_is_added(cast: Cast, some: list[int]) -> None:
    given = {
        "do": "edit",
        "ids": some,
        "field": ["sector"],
        "f-sector": "retail",
        "add": "headcount",
    }
    form = post(cast.owner, **given).context["form"]
    assert list(form.fields) == ["sector", "headcount"] and form["sector"].value() == "retail"


def test_left_empty_means_cleared(cast: Cast, some: list[int]) -> None:
    post(cast.owner, do="edit", ids=some[:1], field=["sector"], **{"f-sector": ""}, run="1")
    assert sectors() == [None, "it", "retail"]


def test_records_that_are_not_seen_are_left_alone(cast: Cast, some: list[int]) -> None:
    post(cast.owner, do="edit", ids=some, field=["sector"], **{"f-sector": "retail"}, run="1")
    assert Event.objects.filter(channel="bulk", record_id=some[2]).count() == 0
    post(cast.owner, do="edit", all="1", field=["sector"], **{"f-sector": "it"}, run="1")
    assert sectors() == ["it", "it", "retail"]


def test_all_that_match_the_filter_are_meant(cast: Cast, some: list[int]) -> None:
    where = json.dumps(IT)
    given = {"do": "edit", "all": "1", "where": where, "field": ["headcount"], "f-headcount": "3"}
    assert post(cast.administrator, **given, preview="1").context["preview"].total == 2
    post(cast.administrator, **given, run="1")
    changed = Record.unscoped.filter(data__headcount=3)
    assert set(changed.values_list("pk", flat=True)) == set(some[:2])


def test_the_receipt_names_those_refused_and_why(cast: Cast, some: list[int]) -> None:
    create("deal", name="D", customer=some[0], owner=cast.owner.pk)
    asked = post(cast.owner, do="archive", ids=some[:2])
    assert (asked.context["preview"].fine, asked.context["preview"].refused) == (1, 1)
    done = post(cast.owner, do="archive", ids=some[:2], run="1")
    ((record, reasons),) = done.context["refused"]
    assert record.id == some[0] and "point here" in reasons[0]
    assert done.context["result"]["changed"] == 1
    back = post(cast.owner, do="restore", ids=some[1:2], archived="1", run="1")
    assert back.context["result"]["changed"] == 1
    assert not Record.unscoped.exclude(archived_at=None).exists()


def test_what_is_not_granted_is_refused_before_anything(cast: Cast, some: list[int]) -> None:
    post(cast.teammate, do="archive", ids=some, run="1")
    assert not Record.unscoped.exclude(archived_at=None).exists()
    assert (
        browser(cast.outsider).post(url("bulk", "organisation"), {"do": "edit"}).status_code == 302
    )
    assert "Select some" in text_of(post(cast.owner, do="edit"))
    assert browser(cast.owner).post(url("bulk", "organisation"), {"do": "x"}).status_code == 404


def test_many_are_done_by_a_job_that_goes_on_where_it_stopped(
    cast: Cast, some: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 1)
    monkeypatch.setattr(bulk, "CHUNK", 1)
    given = {"do": "edit", "ids": some[:2], "field": ["sector"], "f-sector": "retail"}
    looked = post(cast.owner, **given, preview="1")
    assert not looked.context["preview"].exact and looked.context["preview"].fine == 2
    started = post(cast.owner, **given, run="1")
    assert sectors() == ["it", "it", "retail"] and started.context["job"].state == "queued"
    run_pending()
    shown = browser(cast.owner).get(url("bulk_result", started.context["job"].pk))
    assert sectors() == ["retail"] * 3 and shown.context["result"]["changed"] == 2


def test_a_receipt_is_only_for_whoever_asked(cast: Cast, some: list[int]) -> None:
    post(cast.owner, do="edit", ids=some[:1], field=["sector"], **{"f-sector": "retail"}, run="1")
    job = Job.objects.get(kind=bulk.KIND)
    assert browser(cast.owner).get(url("bulk_result", job.pk)).status_code == 200
    assert browser(cast.stranger).get(url("bulk_result", job.pk)).status_code == 404
    assert browser(cast.administrator).get(url("bulk_result", job.pk)).status_code == 404
