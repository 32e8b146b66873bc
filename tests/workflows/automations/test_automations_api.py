"""Over the API: what automations did with a record, and why or why not."""

from typing import Any

import pytest

from jobs.services import run_pending
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.workflows.automations.making import action, automation, set_to

CONDITION = {"field": "name", "op": "eq", "value": "Roof"}


def test_everybody_learns_that_it_ran_and_administrators_what_it_did(
    published: Any, cast: Cast
) -> None:
    published(automation("mark", action("s", "set_fields", values=set_to(won=True))))
    pk = create("deal", cast.owner, name="Roof")
    run_pending()
    told = program_of(cast.owner).get(f"records/deal/{pk}/automations").body
    assert [(r["automation"], r["state"], r["steps"]) for r in told["runs"]] == [
        ("mark", "done", [])
    ]
    assert told["automations"] == [{"key": "mark", "label": "Mark", "enabled": True}]
    more = program_of(cast.administrator).get(f"records/deal/{pk}/automations").body
    assert more["runs"][0]["steps"] == ["Set Won."]
    for user in (cast.stranger, cast.outsider):
        assert program_of(user).get(f"records/deal/{pk}/automations").status == 404


def test_why_not_with_the_values_of_that_moment(published: Any, cast: Cast) -> None:
    published(
        automation("mark", action("s", "set_fields", values=set_to(won=True)), condition=CONDITION)
    )
    pk = create("deal", cast.owner, name="Floor")
    run_pending()
    program = program_of(cast.owner)
    told = program.get(f"records/deal/{pk}/automations/mark").body
    [found] = told["evaluations"]
    assert (found["ran"], found["matched"], found["run"]) == (False, True, None)
    assert found["reason"] == "Its condition did not hold."
    assert (found["part"]["verdict"], found["part"]["saw"]) == (False, "Name: Floor")
    assert program.get(f"records/deal/{pk}/automations/other").status == 404
    assert program_of(cast.stranger).get(f"records/deal/{pk}/automations/mark").status == 404


@pytest.mark.parametrize("number", [1, 8])
def test_the_number_of_queries_does_not_grow(
    published: Any, cast: Cast, django_assert_max_num_queries: Any, number: int
) -> None:
    published(
        *(
            automation(f"a{n}", action("s", "set_fields", values=set_to(won=True)))
            for n in range(number)
        )
    )
    pk = create("deal", cast.administrator, name="Roof")
    run_pending()
    program = program_of(cast.administrator)
    program.get("me")
    with django_assert_max_num_queries(7):
        assert len(program.get(f"records/deal/{pk}/automations").body["runs"]) == number
    with django_assert_max_num_queries(11):
        program.get(f"records/deal/{pk}/automations/a0")
