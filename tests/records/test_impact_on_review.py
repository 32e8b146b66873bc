"""The review screen says what publishing does to live records."""

import pytest

from crm_config import payload, publication
from crm_config.models import User
from tests import company as small
from tests.cast import Cast, create
from tests.company import field
from tests.crm_config.studio import client_of, url
from tests.records.test_retyping import thing

pytestmark = pytest.mark.django_db


def working_copy(*fields: object) -> None:
    candidate = payload.dump()
    candidate["record_types"] = [
        thing(*fields) if raw["key"] == "thing" else raw for raw in candidate["record_types"]
    ]
    payload.load(candidate, replace=True)


def test_it_counts_and_names_what_does_not_convert(cast: Cast) -> None:
    small.publish(thing(field("x")))
    pk = create("thing", name="Kiosk", x="<b>a dozen</b>")
    working_copy(field("x", "integer"))
    html = client_of(User.objects.create_superuser("root")).get(url("review")).content.decode()
    assert "What this does to live records" in html
    assert "1 does not" in html and f"/{pk}/" in html
    assert "&lt;b&gt;a dozen&lt;/b&gt;" in html and "<b>a dozen" not in html


def test_what_stands_in_the_way_is_a_problem_and_nothing_is_published(cast: Cast) -> None:
    small.publish(thing(field("x")))
    create("thing", name="A", x="same")
    create("thing", name="B", x="same")
    working_copy(field("x", unique=True))
    client = client_of(cast.administrator)
    assert "belongs to more than one record" in client.get(url("review")).content.decode()
    client.post(url("review"), {"decision": "publish", "reason": ""})
    assert publication.latest().version == 2


def test_a_change_that_concerns_no_record_says_so(cast: Cast) -> None:
    small.publish(thing(field("x")))
    working_copy(field("x"), field("y"))
    html = client_of(cast.administrator).get(url("review")).content.decode()
    assert "no stored value is concerned" in html


def test_a_kind_that_no_value_could_become_cannot_be_chosen(cast: Cast) -> None:
    small.publish(thing(field("x", "location")))
    create("thing", name="A", x="47.1, 27.6")
    client = client_of(cast.administrator)
    html = client.get(url("field_retype", "thing", "x", kind="boolean")).content.decode()
    assert "cannot become" in html and 'name="kind" value="boolean"' not in html
    html = client.get(url("field_retype", "thing", "x", kind="text")).content.decode()
    assert 'name="kind" value="text"' in html
