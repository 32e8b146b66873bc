"""The builder's screens ask as much of the database for many items as for a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm_config.sections.base import all_sections
from tests.crm_config.test_studio_queries import BESIDE_SECTIONS
from tests.forms_builder.forms import contact, item, publish
from tests.forms_builder.studio import address

pytestmark = pytest.mark.django_db
MAIL = {"field": "email", "op": "is_set"}
SCREENS = {
    "all": reverse("form_studio:all"),
    "new": reverse("form_studio:new"),
    "form": address("form"),
    "item": address("item", "email"),
    "logic": address("logic", "email"),
    "settings": address("settings"),
    "handling": address("handling"),
    "preview": address("preview"),
    "frame": address("frame"),
}


def asked(browser, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", SCREENS)
def test_queries_do_not_grow_with_what_stands_on_the_form(browser, name):
    few = asked(browser, SCREENS[name])
    more = [item(f"again_{n}", options={"field": "given_name"}, shown_when=MAIL) for n in range(20)]
    publish(contact(*more), *(contact(key=f"other_{n}") for n in range(10)))
    assert asked(browser, SCREENS[name]) <= few + 2
    assert few <= BESIDE_SECTIONS + len(list(all_sections()))
