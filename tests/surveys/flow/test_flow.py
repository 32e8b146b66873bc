"""Jumps, end pages and quotas, followed by the engine of forms."""

from typing import Any

import pytest

from crm_config.live import live
from forms_builder.public.filling import Filling
from surveys.flow.compiling import flow_of
from surveys.flow.ends import answers_in, end_of
from surveys.models import QuotaCount, Response
from tests.surveys.surveying import (
    DONE,
    Respondent,
    only,
    open_link,
    page,
    publish,
    published,
    question,
    survey,
)

pytestmark = pytest.mark.django_db
Status = Response.Status
SAD = {"field": "nps", "op": "lte", "value": 6}
HAPPY = {"field": "nps", "op": "gte", "value": 9}
ENDS = [
    {"key": "call", "kind": "person", "labels": {"en": "We call you"}, "when": SAD},
    {"key": "review", "kind": "review", "url": "https://r.example/", "when": HAPPY},
    DONE,
]


def four(**more: Any) -> dict[str, Any]:
    steps = [
        page("first", question("nps", "nps", required=True)),
        page("bad", question("why")),
        page("good", question("praise")),
        page("last", question("more")),
    ]
    return survey("pulse", steps=steps, **more)


def way(**values: Any) -> tuple[list[str], str]:
    """The pages that are there, and the end that is reached."""
    flow = flow_of(published(), live())
    filling = Filling(flow.form, live(), "en", values=dict(values))
    states = filling.states()
    pages = [key for key, there in states.steps.items() if there]
    answers = answers_in(filling.logic, states, filling.context)
    return pages, end_of(flow, states, answers, live()).key


def test_a_jump_passes_over_the_pages_in_between():
    publish(four(jumps=[{"after": "first", "to": "good", "when": HAPPY}]))
    assert way(nps="3")[0] == ["first", "bad", "good", "last"]
    assert way(nps="9")[0] == ["first", "good", "last"]


def test_of_several_jumps_the_first_that_holds_is_taken():
    some = {"field": "nps", "op": "gte", "value": 3}
    jumps = [
        {"after": "first", "to": "good", "when": HAPPY},
        {"after": "first", "to": "last", "when": some},
    ]
    publish(four(jumps=jumps))
    assert way(nps="9")[0] == ["first", "good", "last"]
    assert way(nps="3")[0] == ["first", "last"]
    assert way(nps="2")[0] == ["first", "bad", "good", "last"]


def test_a_jump_from_a_page_that_is_passed_over_is_none():
    jumps = [
        {"after": "first", "to": "good", "when": HAPPY},
        {"after": "bad", "to": "thanks", "when": {"not": {"field": "why", "op": "is_set"}}},
    ]
    publish(four(jumps=jumps))
    assert way(nps="10") == (["first", "good", "last"], "thanks")
    assert way(nps="1") == (["first", "bad"], "thanks")


def test_the_end_is_the_first_that_fits_or_the_one_that_a_jump_leads_to():
    publish(four(ends=ENDS))
    assert [way(nps=n)[1] for n in ("0", "6", "7", "10")] == ["call", "call", "thanks", "review"]
    publish(four(ends=ENDS, jumps=[{"after": "first", "to": "thanks", "when": SAD}]))
    assert way(nps="2") == (["first"], "thanks")


def test_the_browser_gets_the_jumps_too():
    publish(four(jumps=[{"after": "first", "to": "good", "when": HAPPY}]))
    flow = flow_of(published(), live())
    filling = Filling(flow.form, live(), "en", step="first")
    said = filling.logic_json(filling.states())
    assert said["steps"]["bad"] and [i for i in said["items"] if i["key"] == "jump__0"]


def test_answers_of_pages_that_were_passed_over_afterwards_do_not_count():
    publish(four(jumps=[{"after": "first", "to": "good", "when": HAPPY}]))
    who = Respondent(open_link().token)
    who.open()
    who.send(nps="2")
    who.send(why="Bad")
    who.send("back")
    who.send("back")
    who.send(nps="9")
    assert "Praise" in who.text
    who.send(praise="Good")
    who.send(more="")
    assert only().values == {"nps": "9", "praise": "Good"}


SCREENED = {"key": "full", "kind": "screened", "labels": {"en": "Not needed any more"}}


def with_quota(most: int) -> dict[str, Any]:
    quota = {"key": "happy", "most": most, "when": HAPPY, "then": "full"}
    return survey(ends=[DONE, SCREENED], quotas=[quota])


def answer(score: str, **link: Any) -> Respondent:
    who = Respondent(open_link(**link).token)
    who.open()
    who.send(nps=score)
    return who


def test_a_full_group_is_thanked_and_not_counted():
    publish(with_quota(1))
    assert "Thanks a lot" in answer("9").text
    assert "Not needed any more" in answer("10").text
    assert "Thanks a lot" in answer("3").text
    found = list(Response.objects.order_by("pk").values_list("status", "end"))
    assert found == [("completed", "thanks"), ("screened", "full"), ("completed", "thanks")]
    assert QuotaCount.objects.get().taken == 1
    assert not Response.objects.get(status=Status.SCREENED).answers.exists()


def test_tests_take_no_place():
    publish(with_quota(1))
    answer("9", kind="test")
    row = only()
    assert row.is_test and row.status == Status.COMPLETED and not row.answers.exists()
    assert not QuotaCount.objects.exists()


def test_changed_answers_give_their_place_back():
    publish({**with_quota(1), "settings": {"editable": True}})
    who = answer("9")
    who.follow(change(who))
    who.send(nps="3")
    assert QuotaCount.objects.get().taken == 0
    answer("10")
    who.follow(change(who))
    who.send(nps="10")
    assert who.page.status_code == 409 and "your earlier answers stand" in who.text
    assert Response.objects.order_by("pk")[0].values == {"nps": "3"}
    assert QuotaCount.objects.get().taken == 1


def change(who: Respondent) -> str:
    return f"{who.page.redirect_chain[-1][0]}&edit=1"
