"""Many at once: nobody gets a place that is taken, and what is sent twice is taken once."""

from collections.abc import Callable

import pytest

from crm_config.live import live
from forms_builder import places, services
from forms_builder.models import Place, Submission
from forms_builder.public.filling import Filling
from records.models import Record
from tests.forms_builder.forms import contact, publish, published
from tests.records.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def sending(key: str, email: str, *, person: str | None = None) -> Callable[[], str]:
    def send() -> str:
        snapshot = live()
        values = {"family_name": "Popa", "email": email}
        filling = Filling(published(), snapshot, "en", values=values)
        sent = services.Sent(values=values, key=key, channel="page", person=person)
        try:
            row = services.submit(published(), sent, snapshot=snapshot, states=filling.states())
        except places.Full:
            return "full"
        except services.Already:
            return "already"
        return row.reference

    return send


def test_of_many_as_many_get_in_as_there_are_places() -> None:
    publish(contact(settings={"most": 2}))
    found = at_once(*(sending(f"k{n}", f"p{n}@example.com") for n in range(5)))
    assert found.count("full") == 3 and Place.objects.get().taken == 2
    assert Submission.objects.filter(status="accepted").count() == 2
    assert Record.unscoped.filter(type="person").count() == 2


def test_what_is_sent_twice_at_once_is_one() -> None:
    publish(contact(handling={}))
    found = at_once(*(sending("same", "p@example.com") for _n in range(4)))
    assert len(set(found)) == 1 and Submission.objects.count() == 1
    assert Record.unscoped.filter(type="person").count() == 1


def test_one_person_at_once_from_two_pages_sends_once() -> None:
    publish(contact(handling={}))
    found = at_once(*(sending(f"k{n}", "p@example.com", person="x") for n in range(3)))
    assert found.count("already") == 2 and Submission.objects.count() == 1
