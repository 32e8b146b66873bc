"""Whatever the description allows, and much that it does not: no answer is a fault of ours, and each is as
described."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from crm_config.models import ConfigSnapshot
from crm_site.api import api
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.crm_config.segments import IT, publish, segment

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
    allow_header_conformance,
]
NOISE = st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.integers())
FIELDS = st.fixed_dictionaries(
    {"name": st.text(min_size=1, max_size=20)},
    optional={
        "amount": st.sampled_from(["5 EUR", "-1.50", {"amount": 3, "currency": "EUR"}]) | NOISE,
        "close_date": st.dates().map(str) | NOISE,
        "won": st.booleans() | NOISE,
        "tags": st.lists(st.sampled_from(["hot", "new", "old"])) | NOISE,
        "customer": NOISE,
        "owner": NOISE,
    },
)
CONDITION = st.recursive(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from(["name", "amount", "won", "customer.name", "x", "owner"]),
            "op": st.sampled_from(["eq", "in", "gte", "contains", "is_set", "linked_to", "within"]),
        },
        optional={
            "value": st.none() | st.integers() | st.text(max_size=9) | st.lists(st.integers())
        },
    ),
    lambda inner: (
        st.fixed_dictionaries({"all": st.lists(inner, max_size=3)})
        | st.fixed_dictionaries({"not": inner})
    ),
    max_leaves=4,
)
BOUNDS = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def described() -> Any:
    schema = schemathesis.openapi.from_dict(
        json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    )
    schema.app = get_wsgi_application()
    return schema


schema = described()


@pytest.fixture
def open_connection() -> Iterator[None]:
    """As Django's own test client has it: a request does not end the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def world(open_connection: None, company: ConfigSnapshot, cast: Cast) -> Callable[[], int]:
    """A new record to ask about, each time."""
    publish(segment("it", IT), segment("vip", kind="static"))
    customer = create("organisation", cast.owner, name="A")
    return lambda: create("deal", cast.owner, name="D", amount="5 EUR", customer=customer)


@schema.given(known=st.booleans(), fields=FIELDS, condition=CONDITION)
@schema.parametrize()
@BOUNDS
@pytest.mark.django_db
def test_answers_are_as_described(
    case: Any,
    cast: Cast,
    world: Callable[[], int],
    known: bool,
    fields: dict[str, Any],
    condition: Any,
) -> None:
    if known:
        point_at_what_is_there(case, world(), fields, condition)
    secret = program_of(cast.administrator).secret
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)


def wrong_in(case: Any, place: str) -> bool:
    """Whether what was made wrong on purpose stands there."""
    found = case.meta.components.get(ParameterLocation(place))
    return found is not None and found.mode.is_negative


def point_at_what_is_there(case: Any, pk: int, fields: dict[str, Any], condition: Any) -> None:
    """Noise alone would seldom get past the address."""
    kept = case.operation.path.endswith("/entries")
    there = {
        "type": "deal",
        "id": pk,
        "key": "vip" if kept else "it",
        "share": 1,
        "automation": "none",
        "entry": "none",
    }
    wrong = case.meta is not None and case.meta.generation.mode.is_negative
    if wrong and (
        wrong_in(case, "path") or not (wrong_in(case, "query") or wrong_in(case, "body"))
    ):
        # What is wrong on purpose stays in it.
        return
    for name in case.path_parameters or {}:
        case.path_parameters[name] = there[name]
    if wrong:
        # What makes it wrong on purpose stays in it.
        return
    if isinstance(case.query, dict) and "where" in case.query:
        case.query["where"] = json.dumps(condition)
    if isinstance(case.body, dict) and "fields" in case.body:
        case.body["fields"] = fields
    if isinstance(case.body, dict) and "changes" in case.body:
        change = {"action": "change", "id": pk, "version": "*", "fields": fields}
        case.body["changes"] = [{"action": "create", "fields": fields}, change]
    if case.method == "PATCH":
        case.headers = {**(case.headers or {}), "If-Match": "*"}
