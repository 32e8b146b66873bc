"""The ledger forgets what no rule can count any more, and nothing else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm_config.live import live
from jobs.registry import periods
from jobs.services import enqueue, run_pending
from records.contact import jobs, pruning
from records.contact.asking import ask
from records.contact.sections import BudgetSection
from records.models import BudgetRule, ContactEntry
from tests.cast import create
from tests.records.contact.budgeting import asked, claimed, message, of, publish, rule

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def anna(cast):
    publish(rule("surveys", 1, 30, "survey"))
    return create("person", family_name="Anna", email="anna@example.com")


def line(record, days_ago, key, **more):
    at = timezone.now() - days_ago * DAY
    given = {"record_id": record, "kind": "survey", "what": "survey:nps", "at": at, "key": key}
    return ContactEntry.objects.create(**{**given, **more})


def forgotten():
    job = enqueue(kind=jobs.KIND, args={})
    run_pending()
    job.refresh_from_db()
    return job.result["forgotten"]


def left():
    return sorted(ContactEntry.objects.values_list("key", flat=True))


def test_old_lines_go_whatever_became_of_them(anna):
    for status in ContactEntry.Status.values:
        line(anna, 402, f"old {status}", status=status)
        line(anna, 399, f"new {status}", status=status)
    assert forgotten() == 3
    assert left() == ["new allowed", "new released", "new skipped"]
    assert forgotten() == 0


def test_how_long_is_a_setting(anna, settings):
    settings.CONTACT_KEEP_DAYS = 60
    line(anna, 62, "old")
    line(anna, 59, "new")
    assert forgotten() == 1
    assert left() == ["new"]


def test_never_shorter_than_the_longest_rule(anna, settings):
    settings.CONTACT_KEEP_DAYS = 1
    publish(rule("surveys", 1, 30, "survey"), rule("rarely", 1, 700, "survey"))
    line(anna, 702, "out of the window")
    line(anna, 699, "counts")
    assert forgotten() == 1
    assert left() == ["counts"]


def test_an_archived_rule_finds_its_lines_when_it_is_used_again(anna, settings):
    settings.CONTACT_KEEP_DAYS = 1
    publish(rule("rarely", 1, 700, "survey", retired=True))
    line(anna, 699, "counts")
    assert forgotten() == 0


def test_so_does_one_that_is_not_published_yet(anna, settings):
    settings.CONTACT_KEEP_DAYS = 1
    BudgetRule.objects.create(key="planned", most=1, days=700, kinds=["survey"])
    line(anna, 699, "will count")
    assert forgotten() == 0
    assert "planned" in [raw["key"] for raw in BudgetSection().dump()]


def test_the_budget_answers_as_before(anna):
    now = timezone.now()
    line(anna, 29, "lately", sealed="")
    line(anna, 900, "long ago", sealed="")
    before = pruning.oldest_kept(live(), now)
    answer = _answer(anna)
    assert list(pruning.prune(before)) == [1]
    assert not answer.allowed
    assert _answer(anna) == answer


def _answer(record):
    [found] = ask(message(), [of(record)], now=timezone.now().replace(microsecond=0))
    return found


def test_many_go_in_chunks_and_none_is_kept(anna, monkeypatch):
    monkeypatch.setattr(pruning, "CHUNK", 2)
    for n in range(5):
        line(anna, 500, f"old {n}")
    assert list(pruning.prune(timezone.now() - 400 * DAY)) == [2, 4, 5]


def test_where_nothing_is_old_it_costs_a_query_for_each_status(anna):
    line(anna, 1, "new")
    with CaptureQueriesContext(connection) as found:
        assert list(pruning.prune(timezone.now() - 400 * DAY)) == []
    assert len(found) == len(ContactEntry.Status.values)


def test_it_is_done_each_day():
    assert periods()[jobs.KIND] == DAY


def test_what_is_claimed_anew_long_after_counts_anew(anna):
    line(anna, 500, "same")
    assert forgotten() == 1
    assert claimed(anna, "same").allowed
    assert not asked(anna, after=DAY).allowed
