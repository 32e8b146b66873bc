"""The builder's screens ask as much of the database for many questions as for a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.surveys.studio.building import address, two_pages
from tests.surveys.surveying import page, publish, question

pytestmark = pytest.mark.django_db
MOST = 45
NAMES = ("form", "kinds", "flow", "follow_ups", "settings", "sending", "preview", "frame", "try")
SCREENS = {
    "all": reverse("survey_studio:all"),
    "new": reverse("survey_studio:new"),
    "add": reverse("survey_studio:add"),
    **{name: address(name) for name in NAMES},
    "item": address("item", "why"),
    "logic": address("logic", "why"),
    "step": address("step", "reasons"),
    **{part: address("part", part, 0) for part in ("jumps", "ends")},
    **{f"new {part}": address("add_part", part) for part in ("jumps", "ends", "quotas", "follow_ups")},
}  # fmt: skip


def asked(browser, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_queries_do_not_grow_with_what_is_asked(browser):
    few = {name: asked(browser, path) for name, path in SCREENS.items()}
    assert max(few.values()) <= MOST, few
    more = page("many", *(question(f"again_{n}") for n in range(20)))
    publish(two_pages(steps=[*two_pages()["steps"], more]))
    many = {name: asked(browser, path) for name, path in SCREENS.items()}
    assert {name: n for name, n in many.items() if n > few[name] + 2} == {}
