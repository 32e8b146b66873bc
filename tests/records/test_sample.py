"""The sample company: what is in it, that it comes once, and that it leaves alone what was there."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from crm_config.live import live
from crm_config.models import Membership, Team, User
from jobs.models import Job
from records.access import Access
from records.models import Event, Record
from records.sample import load
from records.sample.logins import LOGINS
from tests.kept import kept

#: A Monday; the company's first day is then a Sunday.
NOW = datetime(2026, 5, 18, 12, tzinfo=UTC)
#: Made in plenty by the plan; a twentieth of it is enough to see that all of it can be written.
FEW = {
    "records.sample.customers.ORGANISATIONS": 40,
    "records.sample.customers.PRIVATE_CUSTOMERS": 4,
    "records.sample.leads.LOOSE": 8,
    "records.sample.deals.DEALS": 25,
    "records.sample.documents.CONTRACTS": 3,
    "records.sample.service.REQUESTS": 12,
    "records.sample.campaigns.MEMBERS": 3,
}


@kept
def loaded() -> int:
    """Loaded once for all tests that look at it, with little of each."""
    with pytest.MonkeyPatch.context() as patch:
        few(patch)
        load.configure()
        return load.load(NOW)


def few(patch: pytest.MonkeyPatch) -> None:
    for name, count in FEW.items():
        patch.setattr(name, count)
    counts = {"call": 9, "meeting": 9, "visit": 5, "task": 9, "communication": 6, "note": 4}
    patch.setattr("records.sample.activities.COUNTS", counts)


def test_it_is_written_with_its_history_and_worked_out(loaded: int) -> None:
    snapshot = live()
    assert loaded == Record.unscoped.count() > 300
    assert {
        t for t in snapshot.types if not Record.unscoped.of(snapshot.types[t]).exists()
    } == set()
    assert not Record.unscoped.filter(title="").exists()
    won = Record.unscoped.of(snapshot.types["opportunity"]).filter(stage="won")
    assert won and all(row.version > 1 for row in won)
    assert (
        Record.unscoped.of(snapshot.types["organisation"])
        .filter(data__meetings_held__gte=1)
        .exists()
    )
    assert not Event.objects.filter(handed_over_at=None).exists()
    assert not Job.objects.filter(kind="records.events").exists()
    assert Event.objects.filter(at__gt=NOW, action="created").count() == 0


def test_every_document_has_its_total(loaded: int) -> None:
    for key in ("quote", "order", "invoice"):
        rows = Record.unscoped.of(live().types[key])
        assert rows.exists()
        for row in rows:
            assert row.data["total"] == row.data["net_total"] + row.data["tax_total"], row.title


def test_staff_see_what_their_role_and_team_let_them(loaded: int) -> None:
    organisation = live().types["organisation"]
    everything = Record.unscoped.of(organisation)

    def seen(name: str) -> int:
        access = Access.of(User.objects.get(username=name))
        return everything.filter(access.q("view", organisation)).count()

    assert seen("admin") == seen("manager") == seen("support") == everything.count()
    assert 0 < seen("sales") < everything.count()
    assert seen("outsider") == 0
    assert seen("sales") + seen("sales2") + seen("sales3") == everything.count()


def test_everybody_has_a_login_and_a_place(loaded: int) -> None:
    for login in LOGINS:
        user = User.objects.get(username=login.name)
        assert user.is_sample and user.check_password(login.name)
        assert user.has_perm("wagtailadmin.access_admin") == bool(login.role), login.name
    assert Membership.objects.filter(lead=True, user__username="manager").exists()
    assert Team.objects.get(name="Sales Danube").parent == Team.objects.get(name="Sales")


def test_a_second_run_changes_nothing(loaded: int) -> None:
    events, version = Event.objects.count(), live().version
    User.objects.filter(username="sales").update(first_name="Maria")
    out = StringIO()
    call_command("load_sample", stdout=out)
    assert "there already" in out.getvalue()
    assert (Event.objects.count(), live().version) == (events, version)
    assert User.objects.get(username="sales").first_name == "Maria"
