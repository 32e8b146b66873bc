"""What is made out of a record: found rather than made twice, checked at publication, known to “where used”."""

from typing import Any

import pytest

from crm_config import payload
from crm_config.compiler import Draft
from crm_config.live import live, numbers
from crm_config.problems import ConfigurationInvalid
from crm_config.references import all_references
from jobs.services import run_pending
from records.models import Record, RecordLink
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation
from workflows.automations.definitions import at_work
from workflows.automations.services import press
from workflows.models import AutomationRun


def test_a_deal_becomes_an_organisation_and_a_person_and_none_twice(
    published: Any, cast: Cast
) -> None:
    targets = {
        "company": {"type": "organisation", "match": "name", "values": {"name": {"from": "name"}}},
        "contact": {"type": "person", "values": {"family_name": {"from": "name"}, "company": {"made": "company"}}},
    }  # fmt: skip
    published(
        automation("convert", action("c", "convert", targets=targets, back={"customer": "company"}))
    )
    there = create("organisation", name="Acme")
    first, second = create("deal", name="Acme"), create("deal", name="Bolt")
    run_pending()
    assert [r.state for r in AutomationRun.objects.all()] == ["done", "done"]
    assert Record.unscoped.filter(type="organisation").count() == 2
    assert RecordLink.objects.get(source=first, field="customer").target_id == there
    made = RecordLink.objects.get(source=second, field="customer").target_id
    assert RecordLink.objects.filter(field="company", target=made).count() == 1


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ({"x": {"type": "gone"}}, "names no record type"),
        ({"x": {"type": "person", "more": 1}}, "says too much"),
        ({"x": {"type": "person", "values": {"gone": {"value": 1}}}}, "no field “gone”"),
        ({"x": {"type": "person", "values": {"email": {"from": "customer.gone"}}}}, "customer.gone"),
        ({"x": {"type": "person", "values": {"email": {"formula": "gone"}}}}, "no field “gone”"),
        ({"x": {"type": "person", "match": "gone"}}, "no field “gone”"),
        (
            {"x": {"type": "organisation", "values": {"sector": {"value": "x"}}}},
            "Sector: “x” is not among the options",
        ),
        ({"x": {"type": "person", "values": {"company": {"made": "y"}}}}, "not made here"),
        (
            {
                "x": {"type": "person", "values": {"company": {"made": "y"}}},
                "y": {"type": "organisation", "values": {"name": {"made": "x"}}},
            },
            "in a circle: x, y",
        ),
        ({"x": {"type": "deal", "rows": {"type": "person", "link": "email"}}}, "by which link"),
        (
            {"x": {"type": "deal", "rows": {"type": "person", "link": "company", "values": {"a": 1}}}},
            "no field “a”",
        ),
    ],
)  # fmt: skip
def test_a_conversion_that_cannot_be_is_not_published(
    published: Any, targets: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigurationInvalid, match=said):
        published(automation("convert", action("c", "convert", targets=targets)))


def test_what_a_conversion_relies_on_is_known(published: Any) -> None:
    rows = {"type": "person", "link": "company", "values": {"email": {"from": "email"}}}
    values = {"name": {"from": "customer.code"}}
    targets = {"x": {"type": "organisation", "values": values, "rows": rows}}
    published(automation("convert", action("c", "convert", targets=targets)))
    used = {
        r.target
        for r in all_references(Draft(payload.dump(), numbers()))
        if r.source[0] == "automations"
    }
    assert used >= {
        ("record_types", "organisation", "fields", "name"),
        ("record_types", "organisation", "fields", "code"),
        ("record_types", "deal", "fields", "customer"),
        ("record_types", "person", "fields", "company"),
    }  # fmt: skip


def test_who_may_not_read_a_field_cannot_find_records_by_it(published: Any, cast: Cast) -> None:
    targets = {
        "company": {"type": "organisation", "match": "margin", "values": {"margin": {"value": 91}}}
    }
    act = action("c", "convert", targets=targets, back={"customer": "company"})
    published(automation("as_oneself", act, run_as="actor"))
    create("organisation", name="Mine", margin=91, owner=cast.owner.pk)
    deal = create("deal", cast.owner, name="D")
    run_pending()
    run = AutomationRun.objects.get()
    assert run.state == "paused" and "91" not in run.reason
    assert not RecordLink.objects.filter(source=deal).exists()


@pytest.mark.parametrize("theirs", [True, False])
def test_a_copy_without_the_rows_that_one_may_not_see_is_not_made(
    published: Any, cast: Cast, theirs: bool
) -> None:
    rows = {"type": "person", "link": "company", "values": {"family_name": {"from": "family_name"}}}
    values = {"name": {"formula": "name + ' again'"}}
    act = action(
        "c", "convert", targets={"x": {"type": "organisation", "values": values, "rows": rows}}
    )
    button = {"kind": "button"}
    published(automation("copy", act, type="organisation", run_as="actor", trigger=button))
    mine = create("organisation", cast.owner, name="Mine")
    create("person", cast.owner, family_name="Seen", company=[mine])
    other = cast.stranger if theirs else cast.owner
    create("person", family_name="Other", company=[mine], owner=other.pk)
    found = next(each for each in at_work(live()) if each.key == "copy")
    run = press(found, mine, mark="once", actor=cast.owner)
    assert run is not None
    copies = Record.unscoped.filter(type="organisation", title="Mine again")
    assert run.state == ("paused" if theirs else "done"), run.reason
    assert ("rows to copy" in run.reason) is theirs
    assert copies.exists() is not theirs
    assert Record.unscoped.filter(type="person").count() == (2 if theirs else 4)
