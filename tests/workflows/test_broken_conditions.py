"""Conditions that cannot be read any more, as an update of the software may leave them: whatever uses one fails
closed, and is named to administrators at home, to nobody else."""

from typing import Any

import pytest
from django.urls import reverse

from crm_config.live import forget
from crm_config.models import ConfigSnapshot
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate import Change
from records.models import Record
from tests import company as small
from tests.cast import Cast, create
from tests.records.screens import browser, text_of
from tests.workflows.automations.making import action, automation, set_to
from tests.workflows.deadlines.world import calendar, level
from tests.workflows.pipelines.world import company as with_pipelines
from tests.workflows.pipelines.world import pipeline
from tests.workflows.procedures.rules import procedure
from workflows.models import BrokenAutomation, Deadline

pytestmark = pytest.mark.django_db

NAMED = {"field": "name", "op": "is_set"}
MOVES = {"field": "amount", "op": "gte", "value": "100 EUR"}
BROKEN = {"field": "name", "op": "sounds_like", "value": "x"}
HOME = "wagtailadmin_home"


def whole() -> dict[str, Any]:
    company = with_pipelines(pipeline())
    organisation = next(t for t in company["record_types"] if t["key"] == "organisation")
    organisation["fields"].append(
        small.field(
            "open_deals",
            "rollup",
            options={"relation": "deals", "function": "count", "where": NAMED},
        )
    )
    return {
        **company,
        "calendars": [calendar()],
        "service_levels": [level(condition=NAMED)],
        "automations": [
            automation(
                "tag_it", action("a", "set_fields", values=set_to(tags=["hot"])), condition=NAMED
            )
        ],
        "procedures": [procedure("named", must=NAMED, when=None, labels={"en": "Named"})],
    }


def publish_broken(**more: Any) -> None:
    """As published, and then each condition replaced in what is stored."""
    small.publish(company={**whole(), **more})
    row = ConfigSnapshot.objects.latest("version")
    row.payload = replaced(row.payload)
    row.save()
    forget()


def replaced(part: Any) -> Any:
    if part in (NAMED, MOVES):
        return BROKEN
    if isinstance(part, dict):
        return {key: replaced(inner) for key, inner in part.items()}
    return [replaced(inner) for inner in part] if isinstance(part, list) else part


def test_administrators_are_told_of_each_at_home(cast: Cast) -> None:
    publish_broken()
    said = {
        "nobody can go “winning”, its condition cannot be read",
        "The service level Usual promises nothing",
        "The automation tag_it cannot work",
        "The procedure Named cannot be read",
        "Open deals of Organisations: its condition cannot be read",
    }
    page = text_of(browser(cast.administrator).get(reverse(HOME)))
    assert [words for words in said if words not in page] == []
    for other in (cast.owner, cast.manager):
        page = text_of(browser(other).get(reverse(HOME)))
        assert "cannot be read" not in page and "cannot work" not in page


def test_nothing_is_told_while_all_can_be_read(cast: Cast) -> None:
    small.publish(company=whole())
    page = text_of(browser(cast.administrator).get(reverse(HOME)))
    assert "cannot be read" not in page and "cannot work" not in page


def test_each_fails_closed(cast: Cast) -> None:
    publish_broken()
    customer = create("organisation", name="Alpha")
    change = Change("create", type="deal", values={"name": "D", "customer": customer})
    access = Access.of(cast.administrator)
    outcome = services.execute_one(change, access=access, channel="api")
    assert [r.rule for r in outcome.refusals] == ["procedures:named"]
    publish_broken(procedures=[])
    deal = create("deal", name="D", customer=customer, amount="500 EUR", team=cast.north.pk)
    run_pending(due_only=True)
    assert "tags" not in Record.unscoped.get(pk=deal).data
    assert not Deadline.objects.exists()
    assert "open_deals" not in Record.unscoped.get(pk=customer).data
    change = Change("change", id=deal, values={"stage": "offer"})
    assert services.execute_one(change, access=Access.of(cast.manager), channel="api").ok
    change = Change("change", id=deal, values={"stage": "won"})
    outcome = services.execute_one(change, access=Access.of(cast.manager), channel="api")
    assert outcome.refusals and Record.unscoped.get(pk=deal).stage == "offer"


def test_a_broken_button_is_not_there_and_looking_notes_nothing(cast: Cast) -> None:
    act = action("a", "set_fields", values=set_to(tags=["hot"]))
    press = automation("press", act, trigger={"kind": "button"}, condition=NAMED)
    publish_broken(automations=[press], procedures=[], service_levels=[])
    pk = create("deal", cast.owner, name="Roof")
    noted = BrokenAutomation.objects.count()
    page = text_of(browser(cast.owner).get(reverse("records:record", args=[pk])))
    assert "Roof" in page and reverse("automations:press", args=[pk, "press"]) not in page
    assert BrokenAutomation.objects.count() == noted == 0
