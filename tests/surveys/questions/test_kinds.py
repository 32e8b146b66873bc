"""Each kind of question: what it takes, what it refuses with what words, and the rows that it is counted by."""

import re
from typing import Any

import pytest

from forms_builder.items.base import Place
from surveys.models import Response
from surveys.questions import KINDS, answers_of, measure_of
from tests.surveys.surveying import (
    Respondent,
    only,
    open_link,
    options,
    page,
    publish,
    published,
    question,
    rows,
    survey,
)

pytestmark = pytest.mark.django_db

MATRIX = {"rows": [{"key": "price"}, {"key": "speed"}], "options": options("bad", "good")}
#: The question, what is posted of it, and the rows that come of it.
TAKEN: list[tuple[dict[str, Any], dict[str, Any], list[tuple[Any, ...]]]] = [
    (question("q", "nps"), {"i-q": "0"}, [("q", "", "", 0.0, "")]),
    (question("q", "csat"), {"i-q": "5"}, [("q", "", "", 5.0, "")]),
    (question("q", "ces"), {"i-q": "7"}, [("q", "", "", 7.0, "")]),
    (question("q", "rating", options={"steps": 3}), {"i-q": "3"}, [("q", "", "", 3.0, "")]),
    (
        question("q", "single_choice", options={"options": options("a", "b")}),
        {"i-q": "b"},
        [("q", "", "b", None, "")],
    ),
    (
        question("q", "dropdown", options={"options": options("a", "b")}),
        {"i-q": "a"},
        [("q", "", "a", None, "")],
    ),
    (
        question("q", "multiple_choice", options={"options": options("a", "b", "c"), "most": 2}),
        {"i-q": ["c", "a"]},
        [("q", "", "a", None, ""), ("q", "", "c", None, "")],
    ),
    (
        question("q", "single_choice", options={"options": options("a"), "other": True}),
        {"i-q": "other", "i-q_other": "Else"},
        [("q", "", "other", None, ""), ("q_other", "", "", None, "Else")],
    ),
    (
        question("q", "ranking", options={"options": options("a", "b")}, required=True),
        {"i-q-a": "2", "i-q-b": "1"},
        [("q", "", "b", 1.0, ""), ("q", "", "a", 2.0, "")],
    ),
    (
        question("q", "matrix", options=MATRIX, required=True),
        {"i-q-price": "good", "i-q-speed": "bad"},
        [("q", "price", "good", 2.0, ""), ("q", "speed", "bad", 1.0, "")],
    ),
    (question("q", "short_text"), {"i-q": " Hello "}, [("q", "", "", None, "Hello")]),
    (question("q", "long_text"), {"i-q": "One\r\nTwo"}, [("q", "", "", None, "One\nTwo")]),
    (question("q", "number"), {"i-q": "12"}, [("q", "", "", 12.0, "")]),
    (question("q", "number", options={"decimals": 2}), {"i-q": "1.5"}, [("q", "", "", 1.5, "")]),
    (question("q", "date"), {"i-q": "2026-01-31"}, [("q", "", "", None, "2026-01-31")]),
    (question("q", "slider", options={"step": 5}), {"i-q": "35"}, [("q", "", "", 35.0, "")]),
    (
        question("q", "contact"),
        {"i-q-name": "Ana", "i-q-email": "a@Example.com", "i-q-phone": "+40 21 123 4567"},
        [
            ("q", "name", "", None, "Ana"),
            ("q", "email", "", None, "a@example.com"),
            ("q", "phone", "", None, "+40211234567"),
        ],
    ),
]
#: The question, what is posted of it, and a part of what is said.
REFUSED: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    (question("q", "nps"), {"i-q": "11"}, "10 or less"),
    (question("q", "nps"), {"i-q": "-1"}, "0 or more"),
    (question("q", "csat"), {"i-q": "0"}, "1 or more"),
    (question("q", "rating", options={"steps": 3}), {"i-q": "4"}, "3 or less"),
    (
        question("q", "single_choice", options={"options": options("a")}),
        {"i-q": "gone"},
        "not among the options",
    ),
    (
        question(
            "q",
            "single_choice",
            options={"options": [*options("a"), {"key": "b", "retired": True}]},
        ),
        {"i-q": "b"},
        "no longer in use",
    ),
    (
        question(
            "q",
            "multiple_choice",
            options={"options": [*options("a"), {"key": "none", "exclusive": True}]},
        ),
        {"i-q": ["a", "none"]},
        "goes with no other",
    ),
    (
        question("q", "multiple_choice", options={"options": options("a", "b", "c"), "most": 2}),
        {"i-q": ["a", "b", "c"]},
        "at most 2",
    ),
    (
        question("q", "multiple_choice", options={"options": options("a", "b", "c"), "least": 2}),
        {"i-q": ["a"]},
        "at least 2",
    ),
    (
        question("q", "ranking", options={"options": options("a", "b")}),
        {"i-q-a": "1", "i-q-b": "1"},
        "each place once",
    ),
    (
        question("q", "ranking", options={"options": options("a", "b")}),
        {"i-q-a": "9"},
        "Places are 1 to 2",
    ),
    (
        question("q", "ranking", options={"options": options("a", "b")}, required=True),
        {"i-q-a": "1"},
        "Give the places 1 to 2",
    ),
    (question("q", "matrix", options=MATRIX, required=True), {"i-q-price": "good"}, "speed"),
    (question("q", "matrix", options=MATRIX), {"i-q-price": "fine"}, "not among the options"),
    (question("q", "short_text", options={"max_length": 3}), {"i-q": "Hello"}, "3"),
    (question("q", "long_text", options={"max_length": 3}), {"i-q": "Hello"}, "3"),
    (question("q", "number", options={"max": 5}), {"i-q": "6"}, "5 or less"),
    (question("q", "number"), {"i-q": "many"}, "Enter a number"),
    (question("q", "date", options={"min": "2026-01-01"}), {"i-q": "2025-12-31"}, "or later"),
    (question("q", "slider", options={"step": 5}), {"i-q": "7"}, "0, 5, and so on"),
    (question("q", "contact", options={"needs": ["email"]}), {"i-q-name": "Ana"}, "E-mail"),
    (question("q", "contact"), {"i-q-email": "nobody"}, "E-mail"),
]


def ids(cases: list[Any]) -> list[str]:
    return [f"{case[0]['kind']}-{n}" for n, case in enumerate(cases)]


def answered(asked: dict[str, Any], posted: dict[str, Any]) -> Respondent:
    publish(survey("pulse", asked))
    who = Respondent(open_link().token)
    who.open()
    # What only shows after an answer stands on the page as well, hidden.
    who.send(**posted, seen="q q_other")
    return who


@pytest.mark.parametrize(("asked", "posted", "expected"), TAKEN, ids=ids(TAKEN))
def test_what_fits_is_taken_and_counted(asked, posted, expected):
    answered(asked, posted)
    assert only().status == Response.Status.COMPLETED and rows() == expected


@pytest.mark.parametrize(("asked", "posted", "said"), REFUSED, ids=ids(REFUSED))
def test_what_does_not_fit_is_refused_with_what_to_do(asked, posted, said):
    who = answered(asked, posted)
    assert who.page.status_code == 422 and said in who.text
    assert not Response.objects.exists()


def test_every_kind_is_tried():
    tried = {case[0]["kind"] for case in TAKEN}
    assert tried | {"file"} == {kind.key for kind in KINDS}


def test_each_kind_says_how_it_is_counted():
    publish(survey("pulse", *(asked for asked in [question("n", "nps"), question("t")])))
    asked = published().questions
    assert (measure_of(asked["n"]), measure_of(asked["t"])) == ("nps", "text")
    (row,) = answers_of(Place(asked["n"], published().form, None), 4)
    assert row.number == 4.0


def test_options_stand_in_an_order_that_is_random_for_each_and_stays(settings):
    many = [*options(*"abcdefghij"), {"key": "none", "labels": {"en": "None"}, "exclusive": True}]
    said = {"options": many, "shuffled": True, "other": True}
    asked = question("q", "multiple_choice", options=said)
    publish(survey("pulse", asked, steps=[page("one", asked), page("two", question("t"))]))
    orders = set()
    for _n in range(4):
        who = Respondent(open_link().token)
        who.open()
        first = order(who)
        who.send(q=["a"])
        who.send("back")
        assert order(who) == first and first[-2:] == ["none", "other"]
        orders.add(tuple(first))
    assert len(orders) > 1


def order(who: Respondent) -> list[str]:
    return re.findall(r'name="i-q" value="(\w+)"', who.page.content.decode())
