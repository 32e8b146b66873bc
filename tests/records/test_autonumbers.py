"""Numbers that the system gives."""

import re

import pytest

from crm_config.problems import ConfigurationInvalid
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate import Change
from records.models import Event
from records.selectors import get
from tests import company as small
from tests.cast import create
from tests.company import field
from tests.records.test_retyping import thing

pytestmark = pytest.mark.django_db

NUMBERED = field("x", "auto_number", unique=True, options={"prefix": "N-", "digits": 3})


def number(pk: int) -> str:
    found: str = get(pk, access=Access.system()).value("x")
    return found


def test_no_number_is_skipped_when_saving_fails(company: object) -> None:
    small.publish(thing(NUMBERED))
    first = create("thing", name="A")
    changes = [Change("create", type="thing", values={"name": name}) for name in ("B", "")]
    assert not services.execute(changes, access=Access.system(), channel="api").ok
    assert [number(first), number(create("thing", name="C"))] == ["N-001", "N-002"]


def test_a_number_that_stands_already_is_passed_over(company: object) -> None:
    small.publish(thing(field("x")))
    create("thing", name="A", x="N-002")
    small.publish(thing(NUMBERED))
    run_pending()
    assert [number(create("thing", name=name)) for name in "BC"] == ["N-001", "N-003"]


def test_a_lookup_of_a_link_is_not_published(company: object) -> None:
    base = small.deal()
    looked_up = field("far", "lookup", options={"link": "customer", "field": "parent"})
    parent = field("parent", "link", options={"targets": ["organisation"]})
    organisation = small.organisation()
    with pytest.raises(ConfigurationInvalid, match=re.escape("is a link itself")):
        small.publish(
            {**organisation, "fields": [*organisation["fields"], parent]},
            {**base, "fields": [*base["fields"], looked_up]},
        )


def test_a_formula_reads_the_number_of_a_new_record(company: object) -> None:
    label = field("label", "formula", options={"expression": 'x + "!"', "result_type": "text"})
    small.publish(thing(NUMBERED, label))
    pk = create("thing", name="A")
    view = get(pk, access=Access.system())
    assert view.value("label") == "N-001!"
    event = Event.objects.get(record_id=pk)
    assert event.changes["label"] == [None, "N-001!"]
