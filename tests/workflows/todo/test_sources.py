"""What else stands in a day: what waits for one's decision, and deadlines."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs.services import run_pending
from records.access import Access
from records.models import Record
from tests.cast import Cast, create
from tests.workflows.approvals.asking import ask, deal, setting, winning
from tests.workflows.deadlines import world as deadlines
from workflows.models import Deadline
from workflows.todo.day import day

pytestmark = pytest.mark.django_db


def promised(cast: Cast, **back: float) -> Deadline:
    pk = create("deal", cast.owner, name="Roof")
    run_pending(due_only=True)
    return deadlines.back(deadlines.of(pk), **back)


def test_an_approval_waits_for_whoever_is_asked_and_leads_to_its_page(cast: Cast) -> None:
    setting()
    asked = ask(winning(deal(cast, team=cast.north.pk)), cast.owner)
    [item] = day(Access.of(cast.manager)).waiting
    assert (item.title, item.note) == ("The boss agrees: D", "asked by Owner")
    assert item.address == reverse("approvals:request", args=[asked.pk])
    for other in (cast.owner, cast.stranger, cast.outsider):
        assert day(Access.of(other)).waiting == []
    assert day(Access.of(cast.manager), user=cast.owner.pk).waiting == []


def test_of_a_record_that_one_does_not_see_only_the_type_is_told(cast: Cast) -> None:
    setting()
    pk = deal(cast)
    Record.unscoped.filter(pk=pk).update(team=None)
    ask(winning(pk), cast.owner)
    [item] = day(Access.of(cast.manager)).waiting
    assert item.title == "The boss agrees: Deal"


def test_the_list_shows_it_without_putting_off(cast: Cast) -> None:
    setting()
    asked = ask(winning(deal(cast)), cast.owner)
    client = Client()
    client.force_login(cast.manager)
    page = client.get(reverse("todo:index")).content.decode()
    assert reverse("approvals:request", args=[asked.pk]) in page
    assert "td-line__more" not in page


def test_deadlines_stand_by_when_they_are_over(cast: Cast) -> None:
    deadlines.publish(deadlines.level())
    row = promised(cast, minutes=50)
    found = day(Access.of(cast.owner), ahead=1)
    # Shortly before midnight it is over tomorrow.
    [item] = [*found.today, *(item for some in found.later.values() for item in some)]
    assert item.at == row.due_at and item.note.startswith("First answer: in ")
    deadlines.back(row, days=2)
    [late] = day(Access.of(cast.owner)).overdue
    assert late.title == "Roof" and late.note.endswith("late")
    assert not day(Access.of(cast.stranger), user=cast.owner.pk).overdue
    deadlines.change(row.record_id, close_date=timezone.now().date().isoformat())
    assert not day(Access.of(cast.owner)).overdue


@pytest.mark.parametrize("number", [2, 20])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, django_assert_max_num_queries: Any, number: int
) -> None:
    deadlines.publish(deadlines.level())
    for _each in range(number):
        promised(cast, days=2)
    access = Access.of(cast.owner)
    with django_assert_max_num_queries(4):
        assert len(day(access).overdue) == number
