"""Each night the live records that break a procedure are found, and administrators are told at home."""

from django.test import Client
from django.urls import reverse

from jobs.services import run_inline
from tests.cast import Cast, create
from tests.workflows.procedures.rules import procedure, publish
from workflows.models import ProcedureCheck
from workflows.procedures.jobs import KIND


def home(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_breaks_it_is_counted_and_the_first_are_kept(cast: Cast) -> None:
    breaking = [create("deal", cast.owner, name="D", won=True) for _ in range(2)]
    create("deal", cast.owner, name="D", won=True, close_date="2026-01-02")
    create("deal", cast.owner, name="D")
    publish(procedure(moments=["nightly"]), procedure("never_at_night"))
    assert run_inline(kind=KIND, args={}).result == {"checked": 1}
    kept = ProcedureCheck.objects.get()
    assert (kept.key, kept.found, kept.first, kept.problem) == ("dated", 2, breaking, "")
    client = Client()
    client.force_login(cast.administrator)
    assert "2 records break the procedure Won deals have a date" in home(client)
    client.force_login(cast.owner)
    assert "break the procedure" not in home(client)


def test_what_is_no_longer_checked_is_forgotten(cast: Cast) -> None:
    create("deal", cast.owner, name="D", won=True)
    publish(procedure(moments=["nightly"]))
    run_inline(kind=KIND, args={})
    publish(procedure())
    run_inline(kind=KIND, args={})
    assert not ProcedureCheck.objects.exists()
