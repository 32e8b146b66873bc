"""Conditions in the studio: sums over linked records, and trying one over the working copy."""

from typing import Any

import pytest

from crm_config.forms.conditions import condition_field, register
from crm_config.models import RecordType
from crm_config.working_copy import fields
from crm_config.working_copy.reading import WorkingCopy
from records.access import Access
from records.builder.desk import Desk
from tests.cast import Cast
from tests.crm_config.studio import client_of, messages_of, raw_field, url
from tests.records.builder import posted

pytestmark = pytest.mark.django_db

WON = {"field": "won", "op": "is_true"}


def desk(cast: Cast, record_type: str, purpose: str) -> Desk:
    snapshot = WorkingCopy().draft.snapshot
    access = Access.of(cast.administrator)
    return Desk(purpose, snapshot.types[record_type], snapshot, access)


def add_sum(cast: Cast) -> None:
    row = RecordType.objects.get(key="organisation")
    options = {"relation": "deals", "function": "count"}
    fields.add_field(
        row, {"key": "wins", "type": "rollup", "labels": {"en": "Wins"}, "options": options}
    )


def form_of(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "labels_en": "Wins",
        "option_relation": "deals",
        "option_function": "count",
        "option_field": "",
        **more,
    }


def test_a_sum_over_linked_records_is_narrowed_in_rows(cast: Cast) -> None:
    add_sum(cast)
    client = client_of(cast.administrator)
    address = url("field", "organisation", "wins")
    assert "/conditions/computed/deal/rows/" in client.get(address).content.decode()
    rows = posted(WON, desk(cast, "deal", "computed"), name="option_where")
    assert client.post(address, form_of(cast, **rows)).status_code == 302
    assert raw_field("organisation", "wins")["options"]["where"] == WON


def test_what_depends_on_the_day_is_refused_in_a_sum_and_stays_to_be_put_right(cast: Cast) -> None:
    add_sum(cast)
    client = client_of(cast.administrator)
    recent = {"field": "close_date", "op": "gte", "value": {"dynamic": "today"}}
    rows = posted(recent, desk(cast, "deal", "rule"), name="option_where")
    page = client.post(url("field", "organisation", "wins"), form_of(cast, **rows))
    assert page.status_code == 200 and "is-wrong" in page.content.decode()
    assert "where" not in raw_field("organisation", "wins")["options"]


def test_before_the_linked_records_are_known_it_is_json(cast: Cast) -> None:
    client = client_of(cast.administrator)
    page = client.get(url("field_add", "organisation", kind="rollup")).content.decode()
    assert "once the linked records are chosen and saved" in page and "c-builder" not in page


def test_a_condition_is_tried_over_fields_that_are_not_published_yet(cast: Cast) -> None:
    row = RecordType.objects.get(key="organisation")
    fields.add_field(row, {"key": "fresh", "type": "text", "labels": {"en": "Fresh"}})
    client = client_of(cast.administrator)
    address = url("condition_try", "organisation")
    fresh = {"field": "fresh", "op": "contains", "value": "x"}
    page = client.post(address, posted(fresh, desk(cast, "organisation", "rule"), name="condition"))
    assert messages_of(page) == ["This condition can be used."]
    wrong = client.post(address, {"condition": '{"field": "none", "op": "is_set"}'})
    assert "field: There is no field “none”." in wrong.content.decode()
    assert client_of(cast.owner).get(address).status_code == 302


def test_only_one_app_makes_the_field(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="only one app"):
        register(condition_field)
