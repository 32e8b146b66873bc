"""A stage that something relies on is neither removed nor closed blindly."""

import pytest
from django.test import Client

from crm_config import payload, publication
from crm_config.problems import ConfigurationInvalid
from tests.cast import Cast
from tests.forms_builder.forms import form, item
from tests.records.screens import browser, text_of
from tests.workflows.automations.making import action, automation
from tests.workflows.pipelines.test_studio import keys, url
from tests.workflows.pipelines.world import STAGES, company, pipeline

pytestmark = pytest.mark.django_db

TRIAL = {"key": "trial", "labels": {"en": "Trial"}}
MOVE = automation("to_trial", action("m", "move_stage", stage="trial"))
ENTER = automation("in_trial", trigger={"kind": "entered_stage", "stage": "trial"})
ASKED = form(
    "trying",
    item("name"),
    type="deal",
    channel="staff",
    settings={"used_for": ["transition"], "into": ["trial"]},
)


@pytest.fixture
def admin(cast: Cast) -> Client:
    return browser(cast.administrator)


def load(*automations: object, forms: tuple[object, ...] = (), **stage: object) -> None:
    stages = [*STAGES, {**TRIAL, **stage}]
    candidate = company(pipeline(stages=stages), automations=list(automations), forms=list(forms))
    payload.load(candidate, replace=True)


def test_what_relies_on_a_stage_stands_on_its_page(admin: Client) -> None:
    load(MOVE, ENTER, forms=(ASKED,))
    publication.publish(user=None)
    for page in ("stage", "retire_stage"):
        said = text_of(admin.get(url(page, "deals", "trial")))
        assert "Used by" in said
        assert all(name in said for name in ("To trial", "In trial", "Trying"))
    assert "Used by" not in text_of(admin.get(url("stage", "deals", "review")))


def test_one_that_is_used_is_not_removed_before_it_was_ever_published(admin: Client) -> None:
    load(MOVE)
    said = text_of(admin.post(url("remove_stage", "deals", "trial"), follow=True))
    assert "trial" in keys() and "re-point this first: " in said and "To trial" in said
    load()
    admin.post(url("remove_stage", "deals", "trial"))
    assert "trial" not in keys()


@pytest.mark.parametrize(
    ("used", "stage", "said"),
    [
        (MOVE, {"retired": True, "moved_to": "new"}, "“Trial” is closed"),
        (ENTER, {"retired": True, "moved_to": "new"}, "“Trial” is closed"),
        (MOVE, {"key": "other"}, "no stage “trial”"),
        (ENTER, {"key": "other"}, "no stage “trial”"),
    ],
)
def test_an_automation_on_a_stage_that_takes_no_records_is_not_published(
    cast: Cast, used: object, stage: dict[str, object], said: str
) -> None:
    load(used, **stage)
    with pytest.raises(ConfigurationInvalid, match=said):
        publication.publish(user=None)
