"""Checklists of stages: ticked by whom and when, and, where a stage wants it, done before a record goes on."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm_config.problems import ConfigurationInvalid
from records import services
from records.access import Access
from records.gate import Change
from records.selectors import get
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.workflows.pipelines.world import STAGES, codes, move, pipeline, publish, stage_of
from workflows.models import ChecklistTick, Pipeline
from workflows.pipelines.ticking import tick

pytestmark = pytest.mark.django_db
LIST = [
    {"key": "budget", "labels": {"en": "Budget known", "el": "Προϋπολογισμός"}},
    {"key": "date", "labels": {"en": "Date agreed"}},
]


def listed(*, all_done: bool = True) -> dict[str, Any]:
    stages = [
        {**stage, "checklist": LIST, "all_done": all_done} if stage["key"] == "new" else stage
        for stage in STAGES
    ]
    return pipeline(stages=stages)


def done(pk: int, user: Any, *items: str) -> None:
    access = Access.of(user)
    for item in items:
        tick(get(pk, access=access), item, done=True, access=access)


def deal(cast: Cast, **values: Any) -> int:
    return create("deal", cast.owner, name="Roof", amount="500 EUR", team=cast.north.pk, **values)


def test_it_must_be_done_before_a_record_goes_on(cast: Cast) -> None:
    publish(listed())
    pk = deal(cast)
    refused = move(pk, "offer", cast.owner)
    assert codes(refused) == [("checklist", "stage")]
    assert refused.refusals[0].message == "Tick first: Budget known, Date agreed."
    done(pk, cast.owner, "budget")
    assert move(pk, "offer", cast.owner).refusals[0].message == "Tick first: Date agreed."
    done(pk, cast.owner, "date")
    assert move(pk, "offer", cast.owner).ok


@pytest.mark.parametrize("channel", ["screen", "bulk", "import", "api", "automation"])
def test_on_every_path(cast: Cast, channel: str) -> None:
    publish(listed())
    pk = deal(cast)
    assert codes(move(pk, "offer", None, channel)) == [("checklist", "stage")]
    assert stage_of(pk) == "new"


def test_losing_needs_no_list_and_without_the_switch_nothing_does(cast: Cast) -> None:
    publish(listed())
    assert move(deal(cast), "lost", cast.owner, close_date="2026-12-01").ok
    publish(listed(all_done=False))
    assert move(deal(cast), "offer", cast.owner).ok


def test_many_records_are_asked_about_at_once(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    publish(listed())
    access = Access.of(cast.owner)
    asked = []
    for number in (2, 12):
        ids = [deal(cast) for _each in range(number)]
        changes = [Change("change", id=pk, values={"stage": "offer"}) for pk in ids]
        with django_assert_max_num_queries(20) as captured:
            services.check(changes, access=access, channel="bulk")
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_it_is_ticked_on_the_page_and_shows_who_did(cast: Cast) -> None:
    publish(listed())
    pk = deal(cast)
    url = reverse("pipelines:tick", args=[pk, "budget"])
    client = Client()
    for user in (cast.stranger, cast.outsider):
        client.force_login(user)
        assert client.post(url, {"stage": "new", "done": "1"}).status_code in (302, 404)
    assert not ChecklistTick.objects.exists()
    client.force_login(cast.owner)
    assert client.post(url, {"stage": "new", "done": "1"}).status_code == 302
    row = ChecklistTick.objects.get()
    assert (row.item, row.by) == ("budget", cast.owner)
    page = client.get(reverse("records:record", args=[pk])).content.decode()
    assert "1 of 2" in page and 'aria-checked="true"' in page and "Date agreed" in page
    assert client.post(url, {"stage": "offer", "done": "0"}).status_code == 302
    assert ChecklistTick.objects.exists()
    client.post(url, {"stage": "new", "done": "0"})
    assert not ChecklistTick.objects.exists()
    unknown = reverse("pipelines:tick", args=[pk, "nothing"])
    assert client.post(unknown, {"stage": "new", "done": "1"}).status_code == 404


def test_over_the_api(cast: Cast) -> None:
    publish(listed())
    pk = deal(cast)
    program = program_of(cast.owner)
    told = program.get(f"records/deal/{pk}/checklist").body
    assert (told["stage"], told["all_done"], told["may_tick"]) == ("new", True, True)
    ticked = program.send("PUT", f"records/deal/{pk}/checklist/budget", {"done": True})
    assert [(e["key"], e["done"], e["by"]) for e in ticked.body["entries"]] == [
        ("budget", True, "Owner"),
        ("date", False, ""),
    ]
    assert program.send("PUT", f"records/deal/{pk}/checklist/x", {"done": True}).status == 404
    stranger = program_of(cast.stranger)
    assert stranger.send("PUT", f"records/deal/{pk}/checklist/date", {"done": True}).status == 404
    [offer] = [
        m for m in program.get(f"records/deal/{pk}/moves").body["moves"] if m["stage"] == "offer"
    ]
    assert offer["why"] == ["Tick first: Date agreed."]


def test_the_studio_edits_it_in_each_language_and_keeps_the_keys(cast: Cast) -> None:
    publish(listed(all_done=False))
    client = Client()
    client.force_login(cast.administrator)
    url = reverse("pipelines_studio:stage", args=["deals", "new"])
    form = client.get(url).context["form"]
    assert form.initial["checklist"] == LIST and "check_4" in form.fields
    said = {
        "labels_en": "New", "meaning": "open", "start": "on", "all_done": "on", "probability": "10",
        "check_0_en": "Budget asked", "check_0_el": "Προϋπολογισμός", "check_1_en": "",
        "check_2_en": "Decision maker known",
    }  # fmt: skip
    answer = client.post(url, said)
    assert answer.status_code == 302, answer.context["form"].errors
    [stage] = [s for s in Pipeline.objects.get().stages if s["key"] == "new"]
    assert stage["all_done"] and [each["key"] for each in stage["checklist"]] == [
        "budget",
        "decision_maker_known",
    ]
    assert stage["checklist"][0]["labels"] == {"en": "Budget asked", "el": "Προϋπολογισμός"}
    empty = client.post(url, {k: v for k, v in said.items() if not k.startswith("check_")})
    assert empty.context["form"].errors["all_done"]


def test_what_cannot_be_done_is_not_published(cast: Cast) -> None:
    twice = [{**s, "checklist": [LIST[0], LIST[0]]} if s["key"] == "new" else s for s in STAGES]
    with pytest.raises(ConfigurationInvalid, match="twice"):
        publish(pipeline(stages=twice))
    empty = [{**s, "all_done": True} if s["key"] == "new" else s for s in STAGES]
    with pytest.raises(ConfigurationInvalid, match="nothing on it"):
        publish(pipeline(stages=empty))
