"""Taken, noted, closed with an outcome, opened again: on the page, and never twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm_config.models import User
from records.access import Access
from records.errors import Forbidden
from surveys.following import services
from surveys.models import FollowUp
from tests import company as small
from tests.cast import Cast
from tests.surveys.following.following import answer, company, followed, publish, seen, somebody
from tests.surveys.surveying import page, question
from workflows.todo.day import day

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, name: str, row: FollowUp, **data: str) -> Any:
    return client.post(reverse(f"voices:{name}", args=[row.pk]), data, follow=True)


def whats(row: FollowUp) -> list[str]:
    return list(row.steps.values_list("what", flat=True))


def test_the_whole_loop(cast: Cast) -> None:
    row = followed(cast)
    client = browser(cast.manager)
    post(client, "take", row)
    row.refresh_from_db()
    assert (row.status, row.owner) == ("doing", cast.manager)
    post(client, "follow_up", row, words="Called, nobody there", go="note")
    post(client, "follow_up", row, words="Repaired and happy", go="close")
    row.refresh_from_db()
    assert (row.status, row.outcome, row.closed_by) == (
        "closed",
        "Repaired and happy",
        cast.manager,
    )
    assert row.closed_at and whats(row) == ["made", "taken", "noted", "closed"]
    post(client, "reopen", row)
    row.refresh_from_db()
    assert (row.status, row.outcome, row.closed_at) == ("doing", "", None)


def test_whoever_closes_says_what_came_of_it(cast: Cast) -> None:
    row = followed(cast)
    found = post(browser(cast.owner), "follow_up", row, words=" ", go="close")
    assert "Say what came of it." in found.content.decode()
    with pytest.raises(Forbidden):
        services.close(row, "  ", access=Access.of(cast.owner))
    row.refresh_from_db()
    assert row.status == "open"


def test_of_two_at_once_one_is_told_so(cast: Cast) -> None:
    row = followed(cast)
    stale = FollowUp.objects.get()
    services.close(row, "Done", access=Access.of(cast.owner))
    with pytest.raises(Forbidden, match="faster"):
        services.close(stale, "Done too", access=Access.of(cast.manager))
    row.refresh_from_db()
    assert row.outcome == "Done" and whats(row) == ["made", "closed"]


def test_whoever_does_not_see_it_changes_nothing(cast: Cast) -> None:
    row = followed(cast)
    client = browser(cast.stranger)
    for name in ("take", "reopen", "try_again", "follow_up"):
        assert post(client, name, row, words="Mine", go="close").status_code == 404
    row.refresh_from_db()
    assert row.status == "open" and whats(row) == ["made"]


def test_it_stands_in_the_owners_day_until_it_is_closed(cast: Cast) -> None:
    row = followed(cast)
    FollowUp.objects.update(due_at=timezone.now() - timedelta(days=2))
    [item] = [i for i in day(Access.of(cast.owner)).overdue if i.kind == "follow_up"]
    assert item.title == "Unhappy: Ana Popa" and item.note == "NPS 3"
    assert item.address == reverse("voices:follow_up", args=[row.pk])
    assert not day(Access.of(cast.teammate)).overdue
    row.refresh_from_db()
    services.close(row, "Done", access=Access.of(cast.owner))
    assert not day(Access.of(cast.owner)).overdue


def test_the_page_puts_what_is_overdue_first(cast: Cast) -> None:
    publish()
    for name in ("First", "Second"):
        answer(somebody(cast, given_name=name))
    late = FollowUp.objects.latest("pk")
    FollowUp.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=1))
    text = browser(cast.manager).get(reverse("voices:list")).content.decode()
    waiting = text[: text.index("The worst and the best")]
    assert waiting.index("Second Popa") < waiting.index("First Popa") and "overdue" in waiting


def test_worst_and_best_are_told_with_their_words(cast: Cast) -> None:
    publish()
    answer(somebody(cast, given_name="Sour"), nps=1, why="Never again")
    answer(somebody(cast, given_name="Glad"), nps=10, why="Wonderful")
    text = browser(cast.manager).get(reverse("voices:list")).content.decode()
    assert (
        "Never again" in text and "Wonderful" in text and "Company" not in text.split("By team")[0]
    )
    assert "Never again" not in browser(cast.stranger).get(reverse("voices:list")).content.decode()


def test_the_number_of_queries_does_not_grow(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    publish()
    client, counts = browser(cast.manager), []
    for number in (1, 5):
        for _each in range(number):
            answer(somebody(cast))
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse("voices:list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_timeline_tells_of_it(cast: Cast) -> None:
    row = followed(cast)
    services.close(row, "Repaired", access=Access.of(cast.owner))
    assert row.record_id is not None and seen(row.record_id)
    url = reverse("records:timeline", args=[row.record_id])
    text = browser(cast.owner).get(url).content.decode()
    assert "answered the survey “Pulse”: NPS 3" in text
    assert "closed the follow-up: Unhappy" in text and "Repaired" in text


def test_a_survey_with_a_rating_is_told_by_its_question(cast: Cast) -> None:
    raw = company()
    raw["surveys"][0]["steps"] = [page("one", question("nps", "rating"), question("why"))]
    small.publish(company=raw)
    answer(somebody(cast))
    text = browser(cast.manager).get(reverse("voices:list")).content.decode()
    assert "Nps 3" in text
