"""Formulas, lookups and sums over linked records, at work."""

import re
from typing import Any

import pytest

from crm_config import publication
from crm_config.problems import ConfigurationInvalid
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate import Change
from records.models import Event, Record
from records.selectors import get
from tests import company as small
from tests.cast import Cast, create
from tests.company import field, record_type
from tests.kept import kept

pytestmark = pytest.mark.django_db


def organisation(*more: dict[str, Any]) -> dict[str, Any]:
    base = small.organisation()
    return {**base, "fields": [*base["fields"], *more]}


def computed(key: str, kind: str, **options: Any) -> dict[str, Any]:
    return field(key, kind, options=options)


LINE = record_type(
    "line",
    field("product"),
    field("quantity", "integer"),
    field("price", "money"),
    computed("total", "formula", expression="price * quantity", result_type="money"),
    computed(
        "label", "formula", expression="concat(product, ' for ', customer.name)", result_type="text"
    ),
    computed("sector", "lookup", link="customer", field="sector"),
    field("customer", "link", options={"targets": ["organisation"], "reverse_key": "lines"}),
    title_template="{product}",
)

SUMS = (
    computed("lines_count", "rollup", relation="lines", function="count"),
    computed("lines_total", "rollup", relation="lines", function="sum", field="total"),
    computed(
        "big_lines",
        "rollup",
        relation="lines",
        function="count",
        where={"field": "quantity", "op": "gte", "value": 10},
    ),
    computed("share", "formula", expression="lines_count * 10", result_type="integer"),
)


@kept
def shop(cast: Cast) -> Cast:
    small.publish(organisation(*SUMS), LINE)
    return cast


def value(pk: int, key: str) -> Any:
    return get(pk, access=Access.system()).value(key)


def change(pk: int, **values: Any) -> None:
    services.execute_or_raise(
        [Change("change", id=pk, values=values)], access=Access.system(), channel="api"
    )
    run_pending()


def test_formulas_and_lookups_are_there_at_once(shop: Cast) -> None:
    org = create("organisation", name="A", sector="it")
    line = create("line", product="Lens", quantity=3, price="10.50 EUR", customer=org)
    assert str(value(line, "total")) == "31.50 EUR"
    assert value(line, "label") == "Lens for A"
    assert value(line, "sector") == "it"


def test_sums_follow_after_the_commit(shop: Cast) -> None:
    org, other = create("organisation", name="A"), create("organisation", name="B")
    first = create("line", product="Lens", quantity=3, price="10 EUR", customer=org)
    create("line", product="Frame", quantity=12, price="1 EUR", customer=org)
    assert value(org, "lines_count") == 0
    run_pending()
    assert (value(org, "lines_count"), value(org, "big_lines"), value(org, "share")) == (2, 1, 20)
    assert str(value(org, "lines_total")) == "42.00 EUR"
    change(first, customer=other)
    assert (value(org, "lines_count"), value(other, "lines_count")) == (1, 1)
    services.execute_or_raise([Change("archive", id=first)], access=Access.system(), channel="api")
    run_pending()
    assert (value(other, "lines_count"), value(other, "lines_total")) == (0, None)
    services.execute_or_raise([Change("restore", id=first)], access=Access.system(), channel="api")
    run_pending()
    services.execute_or_raise([Change("delete", id=first)], access=Access.system(), channel="api")
    run_pending()
    assert value(other, "lines_count") == 0


def test_what_is_read_through_a_link_follows_it(shop: Cast) -> None:
    org = create("organisation", name="A", sector="it")
    line = create("line", product="Lens", customer=org)
    change(org, name="B", sector="retail")
    assert (value(line, "label"), value(line, "sector")) == ("Lens for B", "retail")
    assert Event.objects.filter(record_id=line, action="computed").count() == 1


def test_recomputing_what_is_right_writes_nothing(shop: Cast) -> None:
    org = create("organisation", name="A")
    create("line", product="Lens", quantity=1, customer=org)
    run_pending()
    version = Record.unscoped.get(pk=org).version
    receipt = services.recompute([org], snapshot=Access.system().snapshot)
    assert not receipt.outcomes[0].written and Record.unscoped.get(pk=org).version == version


def test_a_computed_value_cannot_be_given(shop: Cast) -> None:
    change_ = Change("create", type="line", values={"product": "Lens", "total": "5 EUR"})
    outcome = services.execute_one(change_, access=Access.system(), channel="api")
    assert [(r.code, r.field) for r in outcome.refusals] == [("read_only", "total")]


def test_who_may_not_read_an_input_may_not_read_the_result(cast: Cast) -> None:
    small.publish(
        organisation(computed("double", "formula", expression="margin * 2", result_type="integer"))
    )
    pk = create("organisation", name="A", margin=4, owner=cast.owner.pk)
    assert get(pk, access=Access.of(cast.administrator)).value("double") == 8
    with pytest.raises(KeyError):
        get(pk, access=Access.of(cast.owner)).value("double")


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("formula", {"expression": "nothing + 1"}, "nothing"),
        ("formula", {"expression": "name * 2"}, "name * 2"),
        ("formula", {"expression": "headcount +"}, "read"),
        ("formula", {"expression": "name", "result_type": "integer"}, "gives text"),
        ("formula", {"expression": "bad + 1"}, "itself"),
        ("lookup", {"link": "name", "field": "x"}, "link"),
        ("rollup", {"relation": "nowhere", "function": "count"}, "nowhere"),
        ("rollup", {"relation": "deals", "function": "sum", "field": "name"}, "cannot be used"),
        (
            "rollup",
            {
                "relation": "deals",
                "function": "count",
                "where": {"field": "x", "op": "eq", "value": 1},
            },
            "x",
        ),
    ],
)
def test_what_cannot_be_computed_is_not_published(
    company: object, kind: str, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigurationInvalid, match=re.escape(message)):
        small.publish(organisation(computed("bad", kind, **options)))
    assert publication.latest().version == 1
