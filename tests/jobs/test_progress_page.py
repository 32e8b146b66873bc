"""Following a job: its owner and operators may, everybody else is not told that it exists."""

import pytest
from django.urls import reverse

from jobs import claims, selectors, services
from jobs.models import Job
from jobs.runs import JobRun


@pytest.fixture
def own(cast):
    return services.enqueue(kind="sample.echo", args={}, user=cast.owner, total=10)


def as_user(client, user):
    client.force_login(user)
    return client


@pytest.mark.parametrize("view", ["jobs:job", "jobs:progress", "jobs:cancel"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("teammate", 404), ("stranger", 404), ("manager", 404)],
)
def test_a_job_is_seen_by_its_owner_alone(client, cast, own, view, who, status):
    response = as_user(client, getattr(cast, who)).get(reverse(view, args=[own.pk]))
    assert response.status_code == status


@pytest.mark.parametrize("view", ["jobs:job", "jobs:progress"])
def test_nobody_is_shown_a_job_without_the_admin(client, cast, own, view):
    url = reverse(view, args=[own.pk])
    assert client.get(url).status_code == 302
    assert as_user(client, cast.outsider).get(url).status_code == 302


def test_the_queryset_of_visible_jobs_agrees_with_the_question(cast, own, admin_user):
    services.enqueue(kind="sample.echo", args={}, user=cast.teammate)
    services.enqueue(kind="sample.echo", args={})
    for user in (*cast.everyone().values(), admin_user):
        seen = {job for job in Job.objects.all() if selectors.may_see(user, job)}
        assert set(selectors.visible_to(user)) == seen


def test_progress_is_told_while_a_job_runs_and_when_it_has_ended(client, cast, own):
    url = reverse("jobs:progress", args=[own.pk])
    run = JobRun(claims.claim(own.pk, worker="one"))
    run.progress(4, message="Row 4")
    before = as_user(client, cast.owner).get(url).json()
    assert (before["finished"], before["state"]) == (False, "running")
    assert "4 of 10" in before["html"]
    assert "Row 4" in before["html"]
    claims.finish(run.job, state=Job.State.DONE)
    assert client.get(url).json()["finished"] is True


def test_progress_asks_the_database_little(client, cast, own, django_assert_max_num_queries):
    as_user(client, cast.owner)
    with django_assert_max_num_queries(6):
        client.get(reverse("jobs:progress", args=[own.pk]))


def test_the_page_works_without_script(client, cast, own):
    page = as_user(client, cast.owner).get(reverse("jobs:job", args=[own.pk])).content.decode()
    assert "0 %" in page
    assert "<noscript>" in page
    assert "Refresh" in page


def test_the_reason_of_a_refusal_is_shown_but_not_the_trace_of_a_fault(client, cast):
    refused = services.run_now(services.enqueue(kind="sample.refuses", args={}, user=cast.owner))
    broken = services.enqueue(kind="sample.fails", args={}, user=cast.owner)
    services.run_now(services.run_now(broken))
    as_user(client, cast.owner)
    assert (
        "The file is empty." in client.get(reverse("jobs:job", args=[refused.pk])).content.decode()
    )
    page = client.get(reverse("jobs:job", args=[broken.pk])).content.decode()
    assert "An administrator can see why" in page
    assert "out of order" not in page


def test_the_owner_may_cancel(client, cast, own):
    as_user(client, cast.owner).post(reverse("jobs:cancel", args=[own.pk]))
    own.refresh_from_db()
    assert own.state == Job.State.CANCELLED


def test_only_operators_retry(client, cast, admin_user):
    refused = services.run_now(services.enqueue(kind="sample.refuses", args={}, user=cast.owner))
    url = reverse("jobs:retry", args=[refused.pk])
    assert as_user(client, cast.owner).post(url).status_code in {302, 403}
    refused.refresh_from_db()
    assert refused.state == Job.State.FAILED
    as_user(client, admin_user).post(url)
    refused.refresh_from_db()
    assert refused.state == Job.State.QUEUED


def test_cancelling_too_late_says_so(client, cast, own):
    services.run_now(own)
    url = reverse("jobs:cancel", args=[own.pk])
    response = as_user(client, cast.owner).post(url, follow=True)
    assert "This job has already ended." in response.content.decode()


def test_nobody_is_sent_to_another_site(client, cast, own):
    url = reverse("jobs:cancel", args=[own.pk])
    response = as_user(client, cast.owner).post(url, {"next": "https://evil.example/"})
    assert response.url == reverse("jobs:job", args=[own.pk])
