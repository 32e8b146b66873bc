"""The studio asks as much of the database for sixty fields and ten types as for a few."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm_config import payload
from crm_config.models import Field
from crm_config.sections.base import all_sections
from tests.cast import Cast
from tests.company import field, option, record_type, role
from tests.crm_config.studio import client_of, url

#: Each section of the configuration is read by a query of its own; these are for everything else.
BESIDE_SECTIONS = 28

SCREENS: tuple[tuple[Any, ...], ...] = (
    ("home",),
    ("type", "deal"),
    ("kinds", "deal"),
    ("field", "deal", "tags"),
    ("field_delete", "deal", "tags"),
    ("roles",),
    ("role", "sales"),
    ("teams",),
    ("review",),
    ("versions",),
)


def asked(cast: Cast, screen: tuple[Any, ...]) -> int:
    browser = client_of(cast.administrator)
    browser.get(url(*screen))
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url(*screen)).status_code == 200
    return len(queries)


def many() -> Iterator[dict[str, Any]]:
    yield {
        "key": "deal",
        "labels": {"en": "Deal"},
        "fields": [
            field(f"extra_{n}", "choice", choices=[option("one"), option("two")]) for n in range(55)
        ],
        "sections": [{"key": f"section_{n}", "labels": {"en": f"S{n}"}} for n in range(5)],
    }
    for n in range(8):
        yield record_type(f"type_{n}", field("name"), title_template="{name}")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen[0])
def test_queries_do_not_grow_with_what_is_configured(cast: Cast, screen: tuple[Any, ...]) -> None:
    Field.objects.filter(key="amount").update(required=True)
    few = asked(cast, screen)
    roles = [role(f"role_{n}", "own", "deal", "type_0") for n in range(6)]
    payload.load({"format": 1, "record_types": list(many()), "roles": roles}, replace=False)
    assert asked(cast, screen) <= few + 2
    assert few <= BESIDE_SECTIONS + len(list(all_sections()))
