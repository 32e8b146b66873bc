"""The browser decides about a form as the server does: both are put the same vectors."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from crm_config.norm import normalised
from tests.forms_builder.vectors import fixed_cases, generated

LOGIC = Path(settings.BASE_DIR) / "static" / "forms_builder" / "js" / "logic.js"
ASK = """(vectors) => JSON.stringify(JSON.parse(vectors).map(({form, raw}) => {
  const found = window.logic.evaluate(form, raw);
  for (const state of Object.values(found.items)) {
    if (state.offered) state.offered = [...state.offered].sort();
    state.messages = state.messages.map((each) => each.text);
  }
  return found;
}))"""
AT_ONCE = 500


@pytest.fixture(scope="module")
def page(chromium: Browser):
    page = chromium.new_page()
    page.add_script_tag(
        content=f"{LOGIC.read_text()}\nwindow.logic = {{evaluate, normalised}};", type="module"
    )
    page.wait_for_function("window.logic !== undefined")
    yield page
    page.close()


def cases():
    yield from fixed_cases()
    yield from generated(500)


def ordered(found: dict) -> dict:
    """The browser tells items in the order in which they are decided."""
    return {**found, "items": dict(sorted(found["items"].items()))}


def test_both_say_the_same(page):
    vectors = list(cases())
    assert len(vectors) > 1500
    for start in range(0, len(vectors), AT_ONCE):
        some = vectors[start : start + AT_ONCE]
        answers = json.loads(page.evaluate(ASK, json.dumps([v.for_browser() for v in some])))
        for vector, answer in zip(some, answers, strict=True):
            here, there = ordered(vector.on_server()), ordered(answer)
            differing = [k for k in here["items"] if here["items"][k] != there["items"][k]]
            assert differing == [] and here["steps"] == there["steps"], vector


def test_every_letter_is_compared_alike(page):
    """Of the first plane; what neither side may have met yet is left out."""
    letters = [chr(n) for n in range(1, 0xFB00) if not 0xD800 <= n < 0xE000 and chr(n).isalpha()]
    words = ["x" + "y".join(letters[n : n + 40]) + "x" for n in range(0, len(letters), 40)]
    assert page.evaluate("(words) => words.map(window.logic.normalised)", words) == [
        normalised(word) for word in words
    ]
