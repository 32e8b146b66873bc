"""The contact budget: what counts, for whom, until when, and who may pass it over."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm_config.live import live
from records import services as gate
from records.access import Access
from records.contact import services
from records.contact.asking import ask
from records.errors import Forbidden
from records.gate import Change
from records.models import ContactEntry
from tests.cast import Cast, create
from tests.records.contact.budgeting import NOW, asked, claimed, message, of, publish, rule

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ONE_SURVEY = rule("surveys", 1, 30, "survey")


@pytest.fixture
def anna(cast: Cast) -> int:
    publish(ONE_SURVEY, rule("all_mails", 3, 7, "survey", "campaign", "automatic"))
    return create("person", family_name="Anna", email="anna@example.com")


def test_one_survey_in_thirty_days(anna: int) -> None:
    assert claimed(anna, "first").allowed
    answer = claimed(anna, "second", after=3 * DAY, what="survey:csat")
    assert not answer.allowed and answer.next_free == NOW + 30 * DAY
    assert "Surveys" in answer.reason(live()) and "2026" in answer.reason(live())
    left = ContactEntry.objects.get(status="skipped")
    assert (left.record_id, left.rule, left.next_free) == (anna, "surveys", NOW + 30 * DAY)
    assert claimed(anna, "third", after=30 * DAY).allowed


def test_three_mails_a_week_of_any_kind_and_transactional_ones_are_free(anna: int) -> None:
    for n, kind in enumerate(("survey", "campaign", "automatic")):
        assert claimed(anna, f"k{n}", kind=kind).allowed
    assert asked(anna, kind="automatic").rule == "all_mails"
    assert claimed(anna, "receipt", kind="transactional").allowed
    assert asked(anna, kind="automatic", after=7 * DAY).allowed


def test_of_two_rules_that_are_over_the_one_that_is_free_last_is_told(anna: int) -> None:
    for n, kind in enumerate(("survey", "campaign", "automatic")):
        claimed(anna, f"k{n}", kind=kind)
    answer = asked(anna)
    assert (answer.rule, answer.next_free) == ("surveys", NOW + 30 * DAY)


def test_asked_again_under_its_key_a_message_counts_once(anna: int) -> None:
    assert claimed(anna, "same").allowed and claimed(anna, "same", after=DAY).allowed
    assert ContactEntry.objects.count() == 1


def test_what_was_not_sent_after_all_counts_no_more(anna: int) -> None:
    claimed(anna, "first")
    services.release("first")
    assert asked(anna).allowed
    assert claimed(anna, "first", after=DAY).allowed and not asked(anna, after=2 * DAY).allowed


def test_a_reminder_is_not_held_back_by_what_it_reminds_of(anna: int) -> None:
    claimed(anna, "first", thread="i1")
    assert claimed(anna, "first:1", thread="i1", after=5 * DAY).allowed
    other = asked(anna, thread="i2", after=6 * DAY)
    assert other.next_free == NOW + 35 * DAY, "a reminder is a mail as well"


def test_two_records_with_one_address_are_one_person(anna: int) -> None:
    twin = create("person", family_name="Anna again", email=" Anna@Example.com ".strip())
    claimed(anna, "first")
    assert asked(twin).code == "budget"


def test_a_new_address_does_not_make_a_new_person(anna: int) -> None:
    claimed(anna, "first")
    change = Change("change", id=anna, values={"email": "other@example.com"})
    gate.execute_or_raise([change], access=Access.system(), channel="system")
    assert asked(anna).code == "budget"


def test_a_rule_of_a_list_holds_for_who_is_in_it(cast: Cast) -> None:
    segment = {"key": "agreed", "type": "person", "labels": {"en": "Agreed"},
               "condition": {"field": "agrees", "op": "has_any", "value": ["phone"]}}  # fmt: skip
    publish(rule("quiet", 1, 90, "survey", segment="agreed"), segments=[segment])
    inside = create("person", family_name="In", email="in@example.com", agrees=["phone"])
    outside = create("person", family_name="Out", email="out@example.com")
    for pk in (inside, outside):
        claimed(pk, f"first{pk}")
    assert asked(inside).rule == "quiet" and asked(outside).allowed


def test_the_budget_is_passed_over_by_who_may_with_a_reason(cast: Cast) -> None:
    publish(rule("surveys", 1, 30, "survey", roles=["manager"]))
    pk = create("person", family_name="Anna", email="anna@example.com")
    claimed(pk, "first")
    with pytest.raises(Forbidden):
        claimed(pk, "no", access=Access.of(cast.owner), override="I want to")
    for n, user in enumerate((cast.manager, cast.administrator)):
        answer = claimed(pk, f"yes{n}", access=Access.of(user), override="She asked for it")
        assert answer.allowed
        entry = ContactEntry.objects.get(key=f"yes{n}")
        assert (entry.by, entry.override, entry.code) == (user, "She asked for it", "budget")


def test_an_archived_rule_and_no_rule_hold_nobody_back(cast: Cast) -> None:
    publish({**ONE_SURVEY, "retired": True})
    pk = create("person", family_name="Anna", email="anna@example.com")
    claimed(pk, "first")
    assert asked(pk).allowed


def test_however_many_are_asked_the_queries_are_the_same(cast: Cast) -> None:
    publish(ONE_SURVEY)
    pks = [create("person", family_name=f"P{n}", email=f"p{n}@example.com") for n in range(30)]
    for pk in pks:
        claimed(pk, f"k{pk}")
    counts = []
    for some in (pks[:2], pks):
        people = [of(pk) for pk in some]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            found = ask(message(), people, snapshot=live(), now=NOW)
        assert [answer.code for answer in found] == ["budget"] * len(some)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 5
