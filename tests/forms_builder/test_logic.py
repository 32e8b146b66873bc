"""What a form looks like with the answers so far. No database is asked."""

import pytest

from forms_builder.definitions import FormDef
from forms_builder.engine.evaluate import evaluate
from forms_builder.engine.logic import Broken, read
from tests.forms_builder.forms import form, item, step
from tests.forms_builder.vectors import CONTEXT, generated, snapshot

RED = {"field": "choice", "op": "eq", "value": "red"}


def states(raw, *items, fixed=None, steps=None):
    said = form("f", *items, type="thing", **({"steps": steps} if steps else {}))
    return evaluate(read(FormDef.of(said), snapshot()), raw, context=CONTEXT, fixed=fixed)


def test_a_hidden_item_is_cleared_and_says_so():
    found = states({"choice": "blue", "text": "old"}, item("choice"), item("text", shown_when=RED))
    assert not found["text"].shown and found["text"].cleared
    assert found.values == {"choice": "blue"}


def test_a_hidden_item_keeps_its_value_where_the_form_says_so():
    hidden = item("text", shown_when=RED, when_hidden="keep")
    found = states({"choice": "blue", "text": "old"}, item("choice"), hidden)
    assert not found["text"].shown and not found["text"].cleared
    assert found.values == {"choice": "blue", "text": "old"}


def test_what_cannot_be_seen_is_never_required():
    for raw in ({}, {"choice": "blue"}):
        found = states(raw, item("choice"), item("text", shown_when=RED, required=True))
        assert not found["text"].required
    assert states({"choice": "red"}, item("choice"), item("text", shown_when=RED, required=True))[
        "text"
    ].required


def test_what_was_cleared_does_not_decide_about_others():
    found = states(
        {"choice": "blue", "text": "x", "email": "a@example.com"},
        item("email", shown_when={"field": "text", "op": "is_set"}),
        item("text", shown_when=RED),
        item("choice"),
    )
    assert not found["email"].shown and list(found.items) == ["email", "text", "choice"]


def test_a_step_that_is_passed_over_takes_its_items_along():
    steps = [step("one", item("choice")), step("two", item("text", required=True), shown_when=RED)]
    found = states({"choice": "blue", "text": "x"}, steps=steps)
    assert found.steps == {"one": True, "two": False}
    assert found["text"].cleared and not found["text"].required


def test_a_read_only_item_keeps_what_it_had():
    locked = item("text", readonly_when=RED, default="begun")
    found = states({"choice": "red", "text": "forged"}, item("choice"), locked)
    assert found.values["text"] == "begun" and found["text"].readonly
    found = states(
        {"choice": "red", "text": "forged"}, item("choice"), locked, fixed={"text": "mine"}
    )
    assert found.values["text"] == "mine"


def test_the_first_rule_that_holds_sets_the_value():
    rules = [{"when": RED, "value": 1}, {"when": {"field": "choice", "op": "is_set"}, "value": 2}]
    ruled = item("integer", value_set_when=rules)
    assert states({"choice": "red"}, item("choice"), ruled).values["integer"] == 1
    assert states({"choice": "blue", "integer": "9"}, item("choice"), ruled).values["integer"] == 2
    assert states({"integer": "9"}, item("choice"), ruled).values["integer"] == "9"


def test_options_are_offered_while_their_rule_holds():
    limited = item(
        "multi_choice",
        options_when=[{"option": "blue", "when": RED}],
    )
    found = states({"choice": "green", "multi_choice": ["blue", "red"]}, item("choice"), limited)
    assert found["multi_choice"].offered == {"red", "green"}
    assert found["multi_choice"].not_offered == ("blue",)
    assert found.values["multi_choice"] == ["red"]


def test_a_message_may_block():
    told = [{"when": RED, "message": {"en": "Not red."}, "blocks": True}]
    found = states({"choice": "red"}, item("choice", message_when=told))
    assert found.blocking == ["Not red."]
    assert states({"choice": "blue"}, item("choice", message_when=told)).blocking == []


def test_a_value_out_of_bounds_still_asks_the_other_questions():
    found = states(
        {"integer": "1"},
        item("integer"),
        item("text", shown_when={"field": "integer", "op": "lt", "value": 5}),
    )
    assert found["text"].shown


def test_what_cannot_be_read_is_broken_with_its_places():
    with pytest.raises(Broken) as broken:
        states({}, item("text", shown_when={"field": "nothing", "op": "is_set"}))
    assert [p.place for p in broken.value.problems] == ["text.shown_when.field"]


def test_whatever_the_form_what_is_unseen_neither_blocks_nor_stays_unsaid():
    for vector in generated(300, seed=11):
        found = evaluate(vector.logic(), vector.raw, context=CONTEXT, fixed=vector.fixed)
        for key, state in found.items.items():
            if not state.shown:
                assert not state.required and not state.messages
                if vector.logic().by_key[key].item.when_hidden == "clear":
                    assert key not in found.values
