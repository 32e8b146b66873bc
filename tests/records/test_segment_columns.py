"""The list of a segment shows the segment's own columns."""

import json
from typing import Any

import pytest

from crm_config import publication
from crm_config.models import Segment
from crm_config.problems import ConfigurationInvalid
from crm_config.references import field_path
from crm_config.working_copy.reading import WorkingCopy
from tests.cast import Cast, create
from tests.crm_config.segments import IT, publish, segment
from tests.crm_config.studio import client_of, messages_of
from tests.crm_config.studio import url as studio_url
from tests.records.screens import browser, url

pytestmark = pytest.mark.django_db

COLUMNS = ["headcount", "margin", "sector"]


@pytest.fixture
def some(cast: Cast) -> Cast:
    publish(segment("it", IT, columns=COLUMNS), segment("plain", IT))
    create("organisation", name="Bytes", sector="it", headcount=7, margin=9, owner=cast.owner.pk)
    return cast


def shown(page: Any) -> list[str]:
    return [heading.field.key for heading in page.context["headings"]]


def test_its_list_shows_them_as_far_as_one_may_read_them(some: Cast) -> None:
    client = browser(some.owner)
    page = client.get(url("list", "organisation", segment="it"))
    assert shown(page) == ["title", "headcount", "sector"]
    usual = shown(client.get(url("list", "organisation")))
    assert shown(client.get(url("list", "organisation", segment="plain"))) == usual
    assert shown(client.get(url("list", "organisation", where={"not": {"segment": "it"}}))) == usual


def test_what_somebody_chose_goes_before(some: Cast) -> None:
    client = browser(some.owner)
    page = client.get(url("list", "organisation", segment="it", columns="title,owner"))
    assert shown(page) == ["title", "owner"]
    offered = client.get(url("columns", "organisation", segment="it"))
    assert [f.key for f in offered.context["shown"]] == ["headcount", "sector"]


def test_its_page_shows_them_too(some: Cast) -> None:
    page = browser(some.owner).get(url("segment", "organisation", "it"))
    assert [cell.field.key for cell in page.context["rows"][0].cells] == ["headcount", "sector"]


def test_they_are_ticked_in_the_studio_in_their_order(some: Cast) -> None:
    client = client_of(some.administrator)
    given = {
        "labels_en": "It",
        "kind": "dynamic",
        "condition": json.dumps(IT),
        "columns": ["owner", "sector"],
    }
    assert "was saved" in messages_of(client.post(studio_url("segment", "it"), given))[0]
    assert Segment.objects.get(key="it").columns == ["owner", "sector"]
    form = client.get(studio_url("segment", "it")).context["form"]
    assert [key for key, _label in form.fields["columns"].choices][:2] == ["owner", "sector"]
    said = client.get(studio_url("review")).content.decode()
    assert "Its list shows" in said and "Owner, Sector" in said


def test_a_field_that_is_shown_is_not_taken_away_blindly(some: Cast) -> None:
    users = WorkingCopy().users_of(field_path("organisation", "headcount"))
    assert ("segments", "it") in {reference.source for reference in users}
    Segment.objects.filter(key="it").update(columns=["gone"])
    with pytest.raises(ConfigurationInvalid):
        publication.publish(user=None, reason="test")
