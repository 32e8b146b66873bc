"""What breaks procedures is registered with the way to it, and told before a draft is published."""

from typing import Any

from django.test import Client
from django.urls import reverse

from crm_config.live import live
from crm_config.publication import as_published
from jobs.services import run_inline
from records.access import Access
from records.models import Simulation
from records.simulation.trial import Trial
from tests import company as small
from tests.cast import Cast, create
from tests.workflows.procedures.rules import procedure, publish
from workflows.models import ProcedureCheck
from workflows.procedures.figure import measure, shown
from workflows.procedures.findings import list_url
from workflows.procedures.jobs import KIND


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_register_leads_to_the_records(cast: Cast) -> None:
    pk = create("deal", cast.owner, name="Zyx secret", won=True)
    create("deal", cast.owner, name="Fine", won=True, close_date="2026-01-02")
    publish(procedure(moments=["nightly"]))
    run_inline(kind=KIND, args={})
    check = ProcedureCheck.objects.get()
    client = as_(cast.administrator)
    page = client.get("/admin/operations/procedures/").content.decode()
    assert "Won deals have a date" in page and "Open as list" in page
    details = client.get(f"/admin/operations/procedures/inspect/{check.pk}/").content.decode()
    assert reverse("records:record", args=[pk]) in details and "Zyx" not in details
    listed = client.get(list_url(check)).content.decode()
    assert "Zyx secret" in listed and "Fine" not in listed
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert list_url(check).replace("&", "&amp;") in home
    for user in (cast.owner, cast.outsider):
        assert as_(user).get("/admin/operations/procedures/").status_code in (302, 403)


def test_a_draft_tells_how_many_records_break_it(cast: Cast) -> None:
    first = create("deal", cast.owner, name="A", won=True)
    create("deal", cast.owner, name="B", won=True)
    create("deal", cast.owner, name="C", won=True, close_date="2026-01-02")
    asks = procedure("asks", must={"not": {"changed": "name"}})
    drafted = {**small.small_company(), "procedures": [procedure(), asks]}
    found = measure(Trial(live(), as_published(drafted)))
    assert [(r["key"], r["before"], r["after"], r["unknown"]) for r in found] == [
        ("asks", 0, 0, True),
        ("dated", 0, 2, False),
    ]
    assert found[1]["first"][0] == first
    simulation = Simulation(live_version=live().version, payload=drafted)
    [_asks, row] = shown(found, simulation, Access.of(cast.owner))
    assert (row.name, [view.title for view in row.records]) == ("Won deals have a date", ["A", "B"])
    [_asks, unseen] = shown(found, simulation, Access.of(cast.stranger))
    assert unseen.after == 2 and unseen.records == []


def test_what_stays_the_same_is_left_out(cast: Cast) -> None:
    create("deal", cast.owner, name="A", won=True)
    publish(procedure())
    drafted = {**small.small_company(), "procedures": [procedure(mode="warn")]}
    assert measure(Trial(live(), as_published(drafted))) == []
    gone = {**small.small_company(), "procedures": []}
    assert [(r["before"], r["after"]) for r in measure(Trial(live(), as_published(gone)))] == [
        (1, 0)
    ]
