"""Files of many responses: written by a job, for whoever asked for them and as long as they may have them."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job
from jobs.services import cancel, run_pending
from records.models import Record
from surveys.models import Response
from surveys.results import export_jobs, exporting
from tests import company as small
from tests.cast import create
from tests.kept import kept
from tests.surveys import surveying
from tests.surveys.results import answering
from tests.surveys.results.answering import answer, survey

pytestmark = pytest.mark.django_db


@kept
def world(cast):
    surveying.publish(survey())
    mine = create("organisation", name="Shown Company", owner=cast.owner.pk, team=cast.north.pk)
    theirs = create("organisation", name="Concealed", owner=cast.stranger.pk, team=cast.south.pk)
    behind = (answering.NOW - timezone.now()) / timedelta(days=1)
    for n in range(6):
        answer(mine, likely=n, words=f"Delivery number {n}", days_ago=behind + n)
    answer(theirs, likely=0, words="Whispered", days_ago=behind)
    return mine


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(export_jobs, "AT_ONCE", 3)


def jobs():
    return Job.objects.filter(kind=export_jobs.KIND)


def client(user):
    found = Client()
    found.force_login(user)
    return found


def address(**asked):
    return reverse("survey_results:export", args=["relation"], query={"format": "csv", **asked})


def waiting(user, **asked):
    """The page on which they wait, once the job is done."""
    page = client(user).post(address(**asked))["Location"]
    run_pending()
    return page


def file_of(page):
    return reverse("survey_results:exported_file", args=[int(page.strip("/").split("/")[-1])])


def rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_looking_at_the_address_of_many_writes_nothing(cast, world):
    shown = client(cast.owner).get(address())
    assert "6 responses are exported" in shown.content.decode()
    assert not jobs().exists()


def test_few_come_at_once(cast, world, monkeypatch):
    monkeypatch.setattr(export_jobs, "AT_ONCE", 6)
    assert client(cast.owner).get(address())["Content-Disposition"].endswith('.csv"')


def test_many_are_written_by_a_job_and_fetched_by_its_asker(cast, world):
    page = client(cast.owner).post(address())["Location"]
    assert "Export" in client(cast.owner).get(page).content.decode()
    assert client(cast.owner).get(file_of(page)).status_code == 404, "not there yet"
    run_pending()
    assert file_of(page) in client(cast.owner).get(page).content.decode()
    found = rows(client(cast.owner).get(file_of(page)))
    assert len(found) == 7
    assert {line[2] for line in found[1:]} == {"Shown Company"}
    job = jobs().get()
    assert (job.progress_done, job.progress_total) == (6, 6)
    for other in (cast.stranger, cast.manager, cast.administrator):
        assert client(other).get(page).status_code == 404
        assert client(other).get(file_of(page)).status_code == 404


def test_it_holds_what_was_asked_for(cast, world):
    since = (timezone.localdate() - timedelta(days=2)).isoformat()
    page = waiting(cast.owner, since=since)
    assert len(rows(client(cast.owner).get(file_of(page)))) == 4
    assert f"?since={since}" in client(cast.owner).get(page).content.decode(), "the way back"


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "json"])
def test_each_format_is_written_as_it_would_come_at_once(cast, world, wanted, monkeypatch):
    page = waiting(cast.owner, format=wanted)
    written = client(cast.owner).get(file_of(page))
    assert written["Content-Disposition"].endswith(f'.{wanted}"')
    if wanted != "xlsx":
        monkeypatch.setattr(export_jobs, "AT_ONCE", 6)
        at_once = client(cast.owner).get(address(format=wanted))
        assert b"".join(written.streaming_content) == at_once.content


def test_asked_for_twice_it_is_written_once(cast, world):
    first, again = (client(cast.owner).post(address())["Location"] for _turn in range(2))
    assert first == again
    assert client(cast.owner).post(address(days="90"))["Location"] != first
    assert client(cast.administrator).post(address())["Location"] != first


def test_who_may_not_export_starts_nothing(cast, world):
    for user in (cast.teammate, cast.outsider):
        assert client(user).post(address()).status_code in (302, 404)
    assert not jobs().exists()


def no_export() -> None:
    company = small.small_company()
    sales = next(role for role in company["roles"] if role["key"] == "sales")
    sales["grants"] = [grant for grant in sales["grants"] if grant["action"] != "export"]
    surveying.publish(survey(), roles=company["roles"])


def test_it_is_judged_when_it_is_written(cast, world):
    page = client(cast.owner).post(address())["Location"]
    no_export()
    run_pending()
    job = jobs().get()
    assert (job.state, job.result) == ("failed", None)
    assert "may not be exported any more" in job.error
    assert client(cast.owner).get(file_of(page)).status_code == 404


def test_and_when_it_is_fetched(cast, world):
    page = waiting(cast.owner)
    assert client(cast.owner).get(file_of(page)).status_code == 200
    no_export()
    assert client(cast.owner).get(file_of(page)).status_code == 302


def test_it_is_not_handed_out_once_a_record_of_it_is_out_of_sight(cast, world):
    page = waiting(cast.owner)
    Record.unscoped.filter(pk=world).update(owner=cast.stranger, team=cast.south)
    answer_nobody_sees = client(cast.owner).get(file_of(page))
    assert answer_nobody_sees.status_code == 302


def test_nor_once_their_names_are_hidden(cast, world):
    page = waiting(cast.owner)
    company = small.small_company()
    sales = next(role for role in company["roles"] if role["key"] == "sales")
    sales["fields"] += [{"type": "organisation", "field": "name", "access": "hidden"}]
    surveying.publish(survey(), roles=company["roles"])
    assert client(cast.owner).get(file_of(page)).status_code == 302


def test_what_is_answered_while_it_is_written_is_not_in_it(cast, world):
    answer(world, likely=3)
    later = timezone.now() + timedelta(minutes=1)
    Response.objects.filter(pk=Response.objects.latest("pk").pk).update(completed_at=later)
    page = waiting(cast.owner)
    assert len(rows(client(cast.owner).get(file_of(page)))) == 1 + 6


def test_nor_once_a_respondent_is_gone(cast, world):
    page = waiting(cast.administrator)
    assert client(cast.administrator).get(file_of(page)).status_code == 200
    Response.objects.filter(person=world).update(person=None, record=None)
    assert client(cast.administrator).get(file_of(page)).status_code == 302


def test_new_answers_do_not_take_it_away(cast, world):
    page = waiting(cast.owner)
    later = timezone.now() + timedelta(minutes=1)
    answer(world, likely=3)
    Response.objects.filter(pk=Response.objects.latest("pk").pk).update(completed_at=later)
    assert client(cast.owner).get(file_of(page)).status_code == 200


def test_one_that_is_called_off_has_no_file(cast, world):
    page = client(cast.owner).post(address())["Location"]
    cancel(jobs().get())
    run_pending()
    assert client(cast.owner).get(file_of(page)).status_code == 404
    assert client(cast.owner).get(page).status_code == 200


def test_anonymous_surveys_and_summaries_come_at_once(cast, world, monkeypatch):
    """They hold counts alone, however many answered."""
    surveying.publish(survey(settings={"anonymous": True}))
    for wanted in ("csv", "pdf"):
        found = client(cast.administrator).get(address(format=wanted))
        assert found["Content-Disposition"].endswith(f'.{wanted}"')


def test_of_how_many_is_told_by_whom_may_be_exported(cast, world):
    found = answering.chosen(cast.administrator, survey())
    assert exporting.size_of(found) == 7
    assert exporting.size_of(answering.chosen(cast.owner, survey())) == 6
    assert exporting.size_of(answering.chosen(cast.teammate, survey())) == 0
