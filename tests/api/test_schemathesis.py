"""Whatever the description allows, and much that it does not: no answer is a fault of ours, and each is as
described."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
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
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        key: st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=20)
        | st.lists(st.integers())
        for key in ("name", "amount", "close_date", "won", "tags", "customer", "owner", "nonsense")
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
def world(open_connection: None, company: ConfigSnapshot, cast: Cast) -> dict[str, Any]:
    """A record to ask about, and a token of somebody who may do everything."""
    customer = create("organisation", cast.owner, name="A")
    pk = create("deal", cast.owner, name="D", amount="5 EUR", customer=customer)
    secret = program_of(cast.administrator).secret
    return {"id": pk, "headers": {"Authorization": f"Bearer {secret}"}}


@schema.given(known=st.booleans(), fields=FIELDS, condition=CONDITION)
@schema.parametrize()
@BOUNDS
@pytest.mark.django_db
def test_answers_are_as_described(
    case: Any, world: dict[str, Any], known: bool, fields: dict[str, Any], condition: Any
) -> None:
    if known:
        point_at_what_is_there(case, world, fields, condition)
    case.call_and_validate(headers=world["headers"], checks=CHECKS)


def point_at_what_is_there(
    case: Any, world: dict[str, Any], fields: dict[str, Any], condition: Any
) -> None:
    """Noise alone would never get past the address."""
    there = {"type": "deal", "id": world["id"]}
    for name in case.path_parameters or {}:
        case.path_parameters[name] = there[name]
    if isinstance(case.query, dict) and "where" in case.query:
        case.query["where"] = json.dumps(condition)
    if isinstance(case.body, dict) and "fields" in case.body:
        case.body["fields"] = fields
    if case.method == "PATCH":
        case.headers = {**(case.headers or {}), "If-Match": "*"}
