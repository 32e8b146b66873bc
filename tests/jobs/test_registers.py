"""The operations registers: for administrators, readable, and acted on through actions alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Success

from jobs import services
from jobs.models import Job, Worker
from jobs.registers import Operations
from jobs.registers.index import RegisterIndex
from jobs.sweep import sweep

REGISTERS = ["jobs", "workers", "queue", "schedules", "failures", "successes"]


def index(register: str) -> str:
    return reverse(f"operations_{register}_modeladmin_index")


def details(register: str, pk: object) -> str:
    return reverse(f"operations_{register}_modeladmin_inspect", args=[pk])


@pytest.fixture
def filled(db):
    """Something in each register; the address of its details."""
    job = services.enqueue(kind="sample.echo", args={"secret": "no"})
    sweep()
    now = timezone.now()
    task = {"func": "f", "started": now, "stopped": now, "args": (1,), "kwargs": {}}
    return {
        "jobs": job.pk,
        "workers": Worker.objects.create(name="one").pk,
        "queue": OrmQ.objects.latest("pk").pk,
        "schedules": Schedule.objects.get(name="jobs.prune").pk,
        "failures": Failure.objects.create(id="f" * 32, name="f", success=False, **task).pk,
        "successes": Success.objects.create(id="s" * 32, name="s", success=True, **task).pk,
    }


@pytest.mark.parametrize("register", REGISTERS)
def test_an_administrator_reads_every_register(admin_client, filled, register):
    assert admin_client.get(index(register)).status_code == 200
    assert admin_client.get(details(register, filled[register])).status_code == 200


@pytest.mark.parametrize("register", REGISTERS)
def test_an_empty_register_says_what_it_is_for(admin_client, register):
    Schedule.objects.all().delete()
    page = admin_client.get(index(register)).content.decode()
    assert "They appear by themselves" in page


@pytest.mark.parametrize("who", ["owner", "teammate", "manager", "stranger"])
@pytest.mark.parametrize("register", REGISTERS)
def test_staff_see_no_register(client, cast, filled, register, who):
    client.force_login(getattr(cast, who))
    for url in (index(register), details(register, filled[register])):
        assert client.get(url).status_code in {302, 403}
    assert index(register) not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("register", REGISTERS)
def test_rows_are_neither_made_nor_edited_by_hand(admin_client, filled, register):
    for action, args in (("create", []), ("edit", [filled[register]])):
        url = reverse(f"operations_{register}_modeladmin_{action}", args=args)
        assert admin_client.get(url).status_code in {302, 403}


def test_a_failed_job_shows_its_trace_and_offers_a_retry(admin_client):
    job = services.run_now(services.run_now(services.enqueue(kind="sample.fails", args={})))
    page = admin_client.get(details("jobs", job.pk)).content.decode()
    assert "the machine is out of order" in page
    assert "RuntimeError" in page
    assert reverse("jobs:retry", args=[job.pk]) in page
    assert reverse("jobs:cancel", args=[job.pk]) not in page


def test_jobs_are_found_by_state_and_kind(admin_client):
    services.run_now(services.enqueue(kind="sample.echo", args={}))
    services.run_now(services.enqueue(kind="sample.refuses", args={}))
    failed = admin_client.get(index("jobs"), {"state__exact": "failed"}).content.decode()
    assert "Refuses #" in failed
    assert "Echo #" not in failed
    echoes = admin_client.get(index("jobs"), {"kind": "sample.echo"}).content.decode()
    assert "Echo #" in echoes
    assert "Refuses #" not in echoes


def test_rows_are_not_looked_up_by_what_they_are_related_to(admin_client):
    """Asked letter by letter, it would tell all that the database holds."""
    services.run_now(services.enqueue(kind="sample.echo", args={"secret": "no"}))
    for asked in ({"args__secret__startswith": "x"}, {"created_by__password__startswith": "x"}):
        assert "Echo #" in admin_client.get(index("jobs"), asked, follow=True).content.decode()


def test_every_register_leaves_out_what_is_not_its_filter():
    views = {each.__name__: each.index_view_class for each in Operations.items}
    assert {"JobRegister", "ImportRegister"} <= views.keys()
    assert all(issubclass(view, RegisterIndex) for view in views.values()), views


def test_the_list_of_jobs_costs_the_same_for_many(admin_client, django_assert_max_num_queries):
    for number in range(30):
        services.enqueue(kind="sample.echo", args={"n": number})
    with django_assert_max_num_queries(16):
        admin_client.get(index("jobs"))


def test_the_list_of_jobs_says_when_nobody_works(admin_client):
    assert "No worker has been heard of" in admin_client.get(index("jobs")).content.decode()
    Worker.objects.create(name="one")
    assert "No worker has been heard of" not in admin_client.get(index("jobs")).content.decode()


def test_the_list_of_jobs_says_how_long_they_wait(admin_client):
    Worker.objects.create(name="one")
    services.enqueue(kind="sample.echo", args={})
    Job.objects.update(available_at=timezone.now() - timedelta(minutes=5))
    page = admin_client.get(index("jobs")).content.decode()
    assert "has waited for 5\xa0minutes" in page


def test_a_recurring_job_is_started_at_once(admin_client):
    schedule = Schedule.objects.get(name="jobs.prune")
    url = reverse("jobs:start", args=[schedule.pk])
    assert admin_client.get(url).status_code == 200
    assert not Job.objects.exists()
    assert admin_client.post(url).url == index("schedules")
    assert Job.objects.get().kind == "jobs.prune"


def test_a_foreign_schedule_is_not_started(admin_client):
    foreign = Schedule.objects.create(name="x", func="os.getcwd")
    assert admin_client.post(reverse("jobs:start", args=[foreign.pk])).status_code == 404
