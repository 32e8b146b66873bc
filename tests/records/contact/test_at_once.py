"""Two ask for one person at the same moment: the budget holds for both together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from crm_config.live import live
from records.contact import services
from records.contact.asking import Addressee
from records.models import ContactEntry
from tests.cast import create
from tests.records.contact.budgeting import NOW, message, publish, rule

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    gate = Barrier(len(works))

    def start(work: Callable[[], Any]) -> Any:
        try:
            live()
            gate.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(start, work) for work in works]]


@pytest.mark.parametrize("_round", range(3))
def test_of_two_that_ask_for_one_person_one_is_held_back(_round: int) -> None:
    publish(rule("surveys", 1, 30, "survey"))
    pk = create("person", family_name="Anna", email="anna@example.com")
    person = Addressee(pk, "anna@example.com")
    works = [
        lambda n=n: services.claim(message(what=f"survey:s{n}"), person, key=f"k{n}", now=NOW)
        for n in range(3)
    ]
    answers = at_once(*works)
    assert sorted(answer.code for answer in answers) == ["", "budget", "budget"]
    assert ContactEntry.objects.filter(status="allowed").count() == 1


def test_two_records_with_one_address_are_asked_for_one_after_the_other() -> None:
    publish(rule("surveys", 1, 30, "survey"))
    pks = [create("person", family_name=n, email="anna@example.com") for n in "AB"]
    works = [
        lambda pk=pk: services.claim(
            message(), Addressee(pk, "anna@example.com"), key=f"k{pk}", now=NOW
        )
        for pk in pks
    ]
    assert sorted(answer.code for answer in at_once(*works)) == ["", "budget"]


def test_the_same_message_claimed_twice_at_once_counts_once() -> None:
    publish(rule("surveys", 1, 30, "survey"))
    pk = create("person", family_name="Anna", email="anna@example.com")
    person = Addressee(pk, "anna@example.com")
    works = [lambda: services.claim(message(), person, key="same", now=NOW)] * 2
    assert [answer.code for answer in at_once(*works)] == ["", ""]
    assert ContactEntry.objects.count() == 1
