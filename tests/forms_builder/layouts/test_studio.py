"""Forms for staff in the studio: begun from what is made now, told for whom they are, tried as a role, given away."""

from typing import Any

import pytest
from django.test import Client

from crm_config import publication
from forms_builder.models import Form
from forms_builder.studio.arrangement import items_of
from records.models import Record
from tests.cast import Cast
from tests.crm_config.studio import client_of
from tests.forms_builder.layouts.staff import item, laid_out, staff
from tests.forms_builder.studio import address
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db
ADD = "/admin/studio/forms/add/"


@pytest.fixture
def studio(cast: Cast) -> Client:
    laid_out(
        staff(item("name"), item("margin"), type="organisation"),
        staff(
            item("name"),
            item("code"),
            key="theirs",
            type="organisation",
            settings={"used_for": ["create"], "roles": ["sales"]},
        ),
    )
    return client_of(cast.administrator)


def test_a_new_one_begins_as_the_form_is_made_now_and_is_used(studio: Client, cast: Cast) -> None:
    given = {"labels_en": "Deal", "type": "deal", "channel": "staff", "begin": "generated"}
    answer = studio.post(ADD, {**given, "used_for": ["create"]})
    assert answer.status_code == 302
    row = Form.objects.get(record_type="deal")
    keys = [each["key"] for each in items_of(row.steps)]
    assert keys[0] == "name" and keys[-2:] == ["owner", "team"] and "customer" in keys
    publication.publish(user=None, reason="test")
    form = browser(cast.owner).get(url("new", "deal")).context["form"]
    assert form.laid_out and "customer" in form.fields


def test_who_gets_which_is_told(studio: Client) -> None:
    for path in ("/admin/studio/forms/", address("form", form="theirs")):
        assert "Sales: this one when creating Organisation" in text_of(studio.get(path))
    everybody = text_of(studio.get(address("form", form="moment")))
    assert "Everybody: this one when creating Organisation (unless “Theirs” fits" in everybody


def test_where_it_is_used_is_set(studio: Client) -> None:
    page = studio.get(address("settings", form="theirs"))
    assert {"used_for", "roles"} <= set(page.context["form"].fields)
    assert not {"slug", "stages", "done"} & set(page.context["form"].fields)
    given = {"labels_en": "Theirs", "used_for": ["edit", "quick_create"], "roles": ["manager"]}
    assert studio.post(address("settings", form="theirs"), given).status_code == 302
    assert Form.objects.get(key="theirs").settings == {
        "used_for": ["edit", "quick_create"],
        "roles": ["manager"],
    }


def test_what_only_outsiders_are_asked_is_not_offered_and_people_are(studio: Client) -> None:
    page = text_of(studio.get(address("form", form="theirs")))
    assert 'value="captcha"' not in page and 'value="consent"' not in page
    assert 'value="field:owner"' in page
    studio.post(address("add_item", form="theirs"), {"add": "field:owner", "to": "one.main"})
    assert "owner" in [e["key"] for e in items_of(Form.objects.get(key="theirs").steps)]


def frame(client: Client, role: str, **sent: Any) -> Any:
    path = f"{address('frame', form='moment')}?lang=en&role={role}"
    return client.post(path, sent) if sent else client.get(path)


def test_the_preview_shows_it_as_a_role(studio: Client) -> None:
    assert "role=sales" in text_of(studio.get(address("preview", form="moment")))
    assert list(frame(studio, "sales").context["form"].fields) == ["name"]
    assert list(frame(studio, "manager").context["form"].fields) == ["name", "margin"]
    support = frame(studio, "support").context["form"]
    assert support.fields.keys() <= {"name", "margin"}


def test_the_preview_says_what_is_missing_and_keeps_nothing(studio: Client) -> None:
    assert "name" in frame(studio, "sales", **{"f-margin": "1"}).context["form"].errors
    assert "nothing is kept" in text_of(frame(studio, "sales", **{"f-name": "Acme"}))
    assert not Record.unscoped.exists()


def test_given_to_the_public_what_goes_is_said_before(studio: Client) -> None:
    studio.post(address("add_item", form="theirs"), {"add": "field:owner", "to": "one.main"})
    asked = text_of(studio.get(address("channel", form="theirs")))
    assert "Where it is used, and for whom." in asked and "The item “Owner”." in asked
    studio.post(address("channel", form="theirs"))
    row = Form.objects.get(key="theirs")
    assert row.channel == "public" and "used_for" not in row.settings
    assert [e["key"] for e in items_of(row.steps)] == ["name", "code"]
    assert publication.publish(user=None, reason="test")


def test_given_to_staff_its_address_goes(studio: Client) -> None:
    studio.post(address("channel", form="theirs"))
    studio.post(address("add_item", form="theirs"), {"add": "captcha", "to": "one.main"})
    Form.objects.filter(key="theirs").update(settings={"slug": "theirs", "most": 4})
    asked = text_of(studio.get(address("channel", form="theirs")))
    assert "its address leads nowhere" in asked and "opening and closing" in asked
    studio.post(address("channel", form="theirs"))
    row = Form.objects.get(key="theirs")
    assert (row.channel, row.settings) == ("staff", {})
    assert [e["key"] for e in items_of(row.steps)] == ["name", "code"]


def test_only_administrators(studio: Client, cast: Cast) -> None:
    answer = browser(cast.owner).post(address("channel", form="theirs"))
    assert answer.status_code in (302, 403)
    assert Form.objects.get(key="theirs").channel == "staff"
