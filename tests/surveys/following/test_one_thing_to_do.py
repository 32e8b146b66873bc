"""A task that a follow-up made is the follow-up's work: one line in the day, and done or undone together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from records import services
from records.access import Access
from records.errors import Forbidden
from records.gate import Change
from records.models import Record
from surveys.following.origin import FromFollowUps
from surveys.following.services import close
from surveys.models import FollowUp
from tests.cast import Cast
from tests.surveys.following.following import answer, rule, somebody
from tests.surveys.following.working import (
    ASKING,
    MAKING,
    act,
    again,
    asked,
    late,
    publish,
    today,
    whats,
    work_of,
    write,
)
from workflows.todo.origins import Origin

pytestmark = pytest.mark.django_db


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


# -- the day ----------------------------------------------------------------------------------


def test_one_line_stands_in_the_day_and_says_where_it_comes_from(cast: Cast) -> None:
    row = asked(cast)
    late(row)
    [item] = today(cast.owner)
    assert item.kind == "activity" and item.title == "Call Ana Popa"
    assert item.origin and item.origin.words == "Follow-up: NPS 3"
    assert item.origin.url == reverse("voices:follow_up", args=[row.pk])
    text = browser(cast.owner).get(reverse("todo:index")).content.decode()
    assert text.count("td-line__title") == 1 and "Follow-up: NPS 3" in text


def test_work_that_is_planned_for_later_says_it_all(cast: Cast) -> None:
    row = asked(cast, rule(make={**MAKING, "set": {"subject": "Later", "due": {"today": 30}}}))
    late(row)
    assert today(cast.owner) == []


def test_work_that_nobody_sees_coming_leaves_the_follow_up_in_the_day(cast: Cast) -> None:
    """A task without a time, one that is somebody else's, one that was archived, one that is gone."""
    row = asked(cast)
    late(row)
    write(None, row, due=None)
    assert [i.kind for i in today(cast.owner)] == ["follow_up"]
    write(None, row, due=timezone.now().isoformat())
    assert [i.kind for i in today(cast.owner)] == ["activity"]
    Record.unscoped.filter(pk=row.made_id).update(owner=cast.manager)
    assert [i.kind for i in today(cast.owner)] == ["follow_up"]
    assert [i.kind for i in today(cast.manager)] == ["activity"]
    Record.unscoped.filter(pk=row.made_id).update(owner=cast.owner)
    act("archive", cast.owner, row)
    assert [i.kind for i in today(cast.owner)] == ["follow_up"]
    act("restore", cast.owner, row)
    assert [i.kind for i in today(cast.owner)] == ["activity"]
    act("delete", cast.owner, row)
    assert [i.kind for i in today(cast.owner)] == ["follow_up"]
    assert whats(row) == ["made", "lost", "lost"] and again(row).status == "open"


def test_whoever_does_not_see_the_follow_up_is_told_of_no_origin(cast: Cast) -> None:
    row = asked(cast)
    Record.unscoped.filter(pk=row.made_id).update(owner=cast.stranger, team=cast.south)
    [item] = today(cast.stranger)
    assert item.title == "Call Ana Popa" and item.origin is None
    page = browser(cast.stranger).get(reverse("records:record", args=[row.made_id]))
    assert page.status_code == 200 and "NPS 3" not in page.content.decode()
    page = browser(cast.owner).get(reverse("voices:follow_up", args=[row.pk]))
    assert "Call Ana Popa" not in page.content.decode()


def test_the_number_of_queries_does_not_grow(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    publish()
    today(cast.owner)
    counts = []
    for number in (1, 5):
        for _each in range(number):
            answer(somebody(cast))
        FollowUp.objects.update(due_at=timezone.now())
        with django_assert_max_num_queries(40) as queries:
            today(cast.owner)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# -- from the work to the follow-up -----------------------------------------------------------


def test_done_with_its_outcome_the_follow_up_is_closed(cast: Cast) -> None:
    row = asked(cast)
    url = reverse("todo:done", args=[row.made_id])
    found = browser(cast.owner).get(url).content.decode()
    assert "Follow-up: NPS 3" in found and "closed with it" in found
    answered = browser(cast.owner).post(url, {"f-outcome": "Apologised, all well"}, follow=True)
    assert "The follow-up is closed with it." in answered.content.decode()
    again(row)
    assert (row.status, row.closed_by, row.outcome) == ("closed", cast.owner, "")
    assert row.closed_at and whats(row) == ["made", "finished"] and today(cast.owner) == []
    page = browser(cast.owner).get(reverse("voices:follow_up", args=[row.pk])).content.decode()
    assert "Apologised, all well" in page


def test_on_any_path_by_whoever_may_finish_it(cast: Cast) -> None:
    """Also by somebody who does not see the follow-up: the work is done, and they are told nothing."""
    row = asked(cast)
    Record.unscoped.filter(pk=row.made_id).update(owner=cast.stranger, team=cast.south)
    url = reverse("todo:done", args=[row.made_id])
    found = browser(cast.stranger).post(url, {}, follow=True).content.decode()
    assert "is done" in found and "follow-up" not in found.lower()
    assert (again(row).status, row.closed_by) == ("closed", cast.stranger)


def test_a_rule_may_want_its_outcome_said_on_the_follow_up(cast: Cast) -> None:
    row = asked(cast, rule(make=MAKING, outcome=True))
    late(row)
    url = reverse("todo:done", args=[row.made_id])
    assert "closed with what came of it" in browser(cast.owner).get(url).content.decode()
    found = browser(cast.owner).post(url, {}, follow=True).content.decode()
    assert (
        "waits for what came of it" in found and reverse("voices:follow_up", args=[row.pk]) in found
    )
    assert again(row).status == "doing" and whats(row) == ["made", "done"]
    [item] = today(cast.owner)
    assert item.kind == "follow_up"


def test_what_came_of_it_is_said_in_one_go(cast: Cast) -> None:
    row = asked(cast, rule(make=MAKING, outcome=True))
    url = reverse("todo:done", args=[row.made_id])
    found = browser(cast.owner).post(url, {"origin_words": "She stays"}, follow=True)
    assert "The follow-up is closed with it." in found.content.decode()
    assert again(row).status == "closed" and row.outcome == "She stays"
    assert whats(row) == ["made", "done", "closed"]


def test_with_a_next_step_it_is_noted(cast: Cast) -> None:
    row = asked(cast, rule(make=MAKING, outcome=True))
    typed = {"origin_words": "Nobody there", "next_subject": "Call again", "next_type": "task"}
    found = browser(cast.owner).post(reverse("todo:done", args=[row.made_id]), typed, follow=True)
    assert "goes on with the next step" in found.content.decode()
    assert again(row).status == "doing" and whats(row) == ["made", "went_on", "noted"]


def test_whoever_may_not_work_on_it_is_not_asked(cast: Cast) -> None:
    row = asked(cast, rule(make=MAKING, outcome=True))
    Record.unscoped.filter(pk=row.made_id).update(owner=cast.stranger, team=cast.south)
    url = reverse("todo:done", args=[row.made_id])
    assert "origin_words" not in browser(cast.stranger).get(url).content.decode()
    browser(cast.stranger).post(url, {"origin_words": "Mine"}, follow=True)
    assert again(row).status == "doing" and row.outcome == "" and whats(row) == ["made", "done"]


def test_a_next_step_goes_on_with_it(cast: Cast) -> None:
    row = asked(cast)
    first = row.made_id
    due = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    step = {"next_subject": "Call again", "next_type": "task", "next_due": due}
    browser(cast.owner).post(reverse("todo:done", args=[first]), step)
    again(row)
    assert row.status == "doing" and whats(row) == ["made", "went_on"]
    assert work_of(row).title == "Call again" and row.made_id != first
    late(row)
    assert [(i.title, i.origin is not None) for i in today(cast.owner)] == [("Call again", True)]
    write(cast.owner, row, done=True)
    assert again(row).status == "closed"


def test_what_is_not_done_after_all_opens_it_again(cast: Cast) -> None:
    row = asked(cast)
    write(cast.owner, row, done=True)
    write(cast.owner, row, done=False)
    again(row)
    assert (row.status, row.closed_at, row.closed_by) == ("doing", None, None)
    assert whats(row) == ["made", "finished", "reopened"]


def test_restored_work_that_is_open_opens_it_again(cast: Cast) -> None:
    row = asked(cast)
    act("archive", cast.owner, row)
    post(cast.owner, row, words="Met her in the street", go="close")
    assert again(row).status == "closed"
    act("restore", cast.owner, row)
    assert again(row).status == "doing"


def test_many_at_once_are_closed_in_one_go(cast: Cast) -> None:
    publish()
    for _each in range(3):
        answer(somebody(cast))
    ids = list(FollowUp.objects.values_list("made", flat=True))
    changes = [Change("change", id=pk, values={"done": True}) for pk in ids]
    services.execute_or_raise(changes, access=Access.of(cast.owner), channel="bulk")
    assert set(FollowUp.objects.values_list("status", flat=True)) == {"closed"}


def test_what_is_refused_closes_nothing(cast: Cast) -> None:
    row = asked(cast)
    assert not write(cast.owner, row, done=True, subject="").ok
    assert not write(cast.stranger, row, done=True).ok
    assert again(row).status == "open" and whats(row) == ["made"]


def test_handed_over_it_takes_the_follow_up_along(cast: Cast) -> None:
    row = asked(cast)
    assert write(cast.manager, row, owner=cast.teammate.pk).ok
    assert again(row).owner == cast.teammate


def test_whoever_may_not_work_on_it_cannot_hand_it_over(cast: Cast) -> None:
    """Else whoever may change the task would come by the answers."""
    row = asked(cast)
    Record.unscoped.filter(pk=row.record_id).update(owner=None, team=None)
    FollowUp.objects.update(team=None)
    Record.unscoped.filter(pk=row.made_id).update(team=cast.north)
    assert write(cast.manager, row, owner=cast.manager.pk).ok
    assert again(row).owner == cast.owner
    page = browser(cast.manager).get(reverse("voices:follow_up", args=[row.pk]))
    assert page.status_code == 404


# -- from the follow-up to the work -----------------------------------------------------------


def post(user: Any, row: FollowUp, name: str = "follow_up", **data: str) -> str:
    answered = browser(user).post(reverse(f"voices:{name}", args=[row.pk]), data, follow=True)
    return str(answered.content.decode())


def done(row: FollowUp) -> bool:
    return bool(work_of(row).data.get("done"))


def test_closing_it_finishes_its_work(cast: Cast) -> None:
    row = asked(cast)
    page = browser(cast.owner).get(reverse("voices:follow_up", args=[row.pk])).content.decode()
    assert "Closing it also finishes “Call Ana Popa”." in page
    post(cast.owner, row, words="All is well", go="close")
    assert again(row).status == "closed" and row.outcome == "All is well" and done(row)
    assert whats(row) == ["made", "closed"] and today(cast.owner) == []


def test_without_the_right_to_the_work_nothing_is_half_done(cast: Cast) -> None:
    """The teammate may change the person, and has no right to tasks."""
    row = asked(cast)
    found = post(cast.teammate, row, words="All is well", go="close")
    assert "stays as it is, and so does the follow-up" in found and "All is well" in found
    assert "Call Ana Popa" not in found
    assert again(row).status == "open" and not done(row) and whats(row) == ["made"]


def test_what_a_rule_of_the_company_refuses_is_said(cast: Cast) -> None:
    procedure = {
        "key": "say_it",
        "type": "task",
        "labels": {"en": "Say it"},
        "moments": ["change"],
        "must": {"any": [{"field": "outcome", "op": "is_set"}, {"not": {"field": "done", "op": "is_true"}}]},
        "message": {"en": "Write down what was said."},
    }  # fmt: skip
    row = asked(cast, procedures=[procedure])
    found = post(cast.owner, row, words="All is well", go="close")
    assert "“Call Ana Popa” stays as it is" in found and "Write down what was said." in found
    assert again(row).status == "open" and not done(row)
    write(cast.owner, row, done=True, outcome="She will stay")
    assert again(row).status == "closed"


def test_of_two_at_once_the_second_is_told(cast: Cast) -> None:
    row = asked(cast)
    stale = FollowUp.objects.get()
    write(cast.owner, row, done=True)
    with pytest.raises(Forbidden, match="faster"):
        close(stale, "Done too", access=Access.of(cast.manager))
    assert again(row).closed_by == cast.owner and whats(row) == ["made", "finished"]


def test_opened_again_it_stands_on_its_own(cast: Cast) -> None:
    """A call that was made stays made."""
    row = asked(cast)
    write(cast.owner, row, done=True)
    late(row)
    post(cast.owner, row, "reopen")
    assert again(row).status == "doing" and done(row)
    assert [i.kind for i in today(cast.owner)] == ["follow_up"]
    post(cast.owner, row, words="Called once more", go="close")
    assert again(row).outcome == "Called once more"


def test_whoever_takes_it_takes_its_work(cast: Cast) -> None:
    row = asked(cast)
    post(cast.manager, row, "take")
    assert again(row).owner == cast.manager and work_of(row).owner == cast.manager
    assert today(cast.owner) == [] and [i.kind for i in today(cast.manager)] == ["activity"]


def test_whoever_may_not_have_its_work_cannot_take_it(cast: Cast) -> None:
    row = asked(cast)
    found = post(cast.teammate, row, "take")
    assert "stays as it is" in found
    assert again(row).owner == cast.owner and work_of(row).owner == cast.owner


# -- records with stages ----------------------------------------------------------------------


def test_a_request_is_done_in_its_ends(cast: Cast) -> None:
    row = asked(cast, rule(make=ASKING))
    late(row)
    assert [i.kind for i in today(cast.owner)] == ["follow_up"]
    assert write(cast.owner, row, stage="refused").ok
    assert again(row).status == "closed"
    page = browser(cast.owner).get(reverse("voices:follow_up", args=[row.pk])).content.decode()
    assert "Refused" in page
    assert write(cast.owner, row, stage="fresh").ok
    assert again(row).status == "doing"


def test_whoever_closes_it_says_how_the_request_ends(cast: Cast) -> None:
    row = asked(cast, rule(make=ASKING))
    found = post(cast.owner, row, words="All is well", go="close")
    assert "Say how what was made for it ends." in found and again(row).status == "open"
    assert "still open, and you cannot end it" in post(
        cast.teammate, row, words="All is well", go="close"
    )
    found = post(cast.owner, row, words="All is well", go="close", stage="fresh")
    assert again(row).status == "open"
    post(cast.owner, row, words="All is well", go="close", stage="solved")
    assert again(row).status == "closed" and work_of(row).stage == "solved"


def test_words_that_could_not_be_kept_are_given_back(cast: Cast) -> None:
    row = asked(cast, rule(outcome=True))
    looks_only = replace(Access.of(cast.owner), read_only=True)
    said = FromFollowUps().after(
        Origin("follow_ups", row.pk, "", "/there/"),
        row.made_id or 0,
        "She stays",
        access=looks_only,
    )
    assert "You had written: She stays" in said.words and said.url == "/there/"
