"""The form field for a condition: rows or JSON in, JSON out, and what is wrong told with its place."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from crm_config.live import live
from records.access import Access
from records.builder.typed import Typed
from records.forms.condition import ConditionField
from tests.cast import Cast, create
from tests.records.builder import desk, dumped, node, posted, query, shape, walk

pytestmark = pytest.mark.django_db

BIG = {"field": "headcount", "op": "gte", "value": 10}
WON = {"field": "won", "op": "is_true"}
TEN_EURO = {"amount": "10", "currency": "EUR"}
NESTED = {
    "any": [
        BIG,
        {
            "related": "deals",
            "where": WON,
            "sum": {"field": "amount", "op": "gte", "value": TEN_EURO},
        },
        {
            "not": {
                "all": [
                    {"field": "sector", "op": "in", "value": ["it"]},
                    {
                        "field": "created_at",
                        "op": "lt",
                        "value": {"dynamic": "today", "add": {"weeks": -2}},
                    },
                ]
            }
        },
    ]
}


class AForm(forms.Form):
    def __init__(
        self,
        data: Any,
        user: Any,
        *,
        record_type: str = "organisation",
        purpose: str = "filter",
        **more: Any,
    ) -> None:
        super().__init__(None if data is None else query(data))
        self.fields["where"] = ConditionField(
            record_type=live().types[record_type],
            snapshot=live(),
            access=Access.of(user),
            purpose=purpose,
            **more,
        )


def cleaned(data: Any, user: Any, **more: Any) -> Any:
    form = AForm(data, user, **more)
    assert form.is_valid(), form.errors
    return form.cleaned_data["where"]


def refusals(data: Any, user: Any, **more: Any) -> list[str]:
    form = AForm(data, user, **more)
    assert not form.is_valid()
    return list(form.errors["where"])


def test_json_is_all_that_is_needed(cast: Cast) -> None:
    assert cleaned({"where": dumped(NESTED)}, cast.owner) == NESTED


def test_rows_that_nobody_touched_come_back_to_the_letter(cast: Cast) -> None:
    assert cleaned(posted(NESTED, desk(cast.owner)), cast.owner) == NESTED


def test_what_is_typed_into_a_row_is_what_it_says(cast: Cast) -> None:
    data = posted(BIG, desk(cast.owner))
    at = node(data, "field")
    data |= {f"where-{at}-op": "between", f"where-{at}-low": "5", f"where-{at}-high": "7"}
    assert cleaned(data, cast.owner) == {"field": "headcount", "op": "between", "value": [5, 7]}


def test_a_row_taken_away_leaves_one_that_needs_no_group(cast: Cast) -> None:
    data = posted({"all": [BIG, {"field": "sector", "op": "eq", "value": "it"}]}, desk(cast.owner))
    root = shape(data)
    root.parts.pop()
    data["where-shape"] = dumped(root.json())
    assert cleaned(data, cast.owner) == BIG


def test_nothing_is_none_or_refused(cast: Cast) -> None:
    nothing = posted(None, desk(cast.owner))
    assert cleaned(nothing, cast.owner, required=False) is None
    assert refusals(nothing, cast.owner) == ["Say at least one thing."]
    assert cleaned({"where": " "}, cast.owner, required=False) is None


def test_a_constant_is_refused_unless_it_is_allowed(cast: Cast) -> None:
    for data in ({"where": '{"all": []}'}, posted({"all": []}, desk(cast.owner))):
        assert refusals(data, cast.owner) == ["This holds for every record."]
        assert cleaned(data, cast.owner, allow_constant=True) == {"all": []}


def test_what_is_wrong_is_told_with_its_place(cast: Cast) -> None:
    wrong = {"all": [BIG, {"any": [{"field": "sector", "op": "eq", "value": "farming"}]}]}
    for data in ({"where": dumped(wrong)}, posted(wrong, desk(cast.owner))):
        assert refusals(data, cast.owner) == [
            "all[1].any[0].value: “farming” is not one of the options."
        ]
    assert refusals({"where": "{"}, cast.owner) == ["This is not JSON."]


def test_all_that_is_wrong_is_told_at_once_and_nothing_typed_is_lost(cast: Cast) -> None:
    data = posted(NESTED, desk(cast.owner))
    number, choice = [n.id for n in walk(shape(data)) if n.kind == "field"][:2]
    data[f"where-{number}-value"] = "many"
    form = AForm(data, cast.owner)
    assert [str(e) for e in form.errors["where"]] == ["any[0]: Enter a whole number."]
    page = str(form["where"])
    assert 'value="many"' in page and "Enter a whole number." in page
    assert page.count("is-wrong") == 1 and choice in page


def test_a_hidden_field_does_not_exist(cast: Cast) -> None:
    secret = {"field": "margin", "op": "gte", "value": 5}
    said = ["field: There is no field “margin”."]
    assert refusals({"where": dumped(secret)}, cast.owner) == said
    assert refusals(posted(secret, desk(cast.owner)), cast.owner) == said
    assert cleaned({"where": dumped(secret)}, cast.administrator) == secret


def test_rules_read_every_field(cast: Cast) -> None:
    secret = {"field": "margin", "op": "gte", "value": 5}
    assert (
        cleaned(posted(secret, desk(cast.owner, purpose="rule")), cast.owner, purpose="rule")
        == secret
    )


def test_changes_are_asked_only_where_the_context_declares_them(cast: Cast) -> None:
    changed = {
        "all": [
            {"changed": "sector"},
            {"changed_to": BIG},
            {"was": {"any": [BIG, {"field": "notes", "op": "is_set"}]}},
        ]
    }
    at = desk(cast.administrator, purpose="trigger")
    data = posted(changed, at)
    assert [n.kind for n in shape(data).parts] == ["changed", "changed_to", "was"]
    assert cleaned(data, cast.administrator, purpose="trigger") == changed
    assert refusals(data, cast.administrator, purpose="rule")[0].startswith(
        "all[0]: “changed” cannot be used"
    )


def test_what_no_row_can_show_is_kept_as_json(cast: Cast) -> None:
    odd = {"all": [BIG, {"not": {"not": BIG}}]}
    data = posted(odd, desk(cast.owner))
    assert [n.kind for n in shape(data).parts] == ["field", "json"]
    assert cleaned(data, cast.owner) == odd


def test_a_field_is_compared_with_another(cast: Cast) -> None:
    raw = {"field": "created_at", "op": "lt", "value": {"field": "modified_at"}}
    data = posted(raw, desk(cast.owner))
    assert shape(data).parts[0].kind == "field"
    assert cleaned(data, cast.owner) == raw
    data[f"where-{node(data, 'field')}-other"] = ""
    assert refusals(data, cast.owner) == ["Choose the field to compare with."]


def test_people_who_left_and_retired_options_stay_as_they_stand(cast: Cast) -> None:
    cast.teammate.is_active = False
    cast.teammate.save()
    raw = {"all": [
        {"field": "owner", "op": "eq", "value": cast.teammate.pk},
        {"field": "owner", "op": "in", "value": [cast.teammate.pk, {"dynamic": "me"}]},
        {"field": "sector", "op": "eq", "value": "old"},
    ]}  # fmt: skip
    data = posted(raw, desk(cast.owner))
    assert {n.kind for n in shape(data).parts} == {"field"}
    assert cleaned(data, cast.owner) == raw


def test_records_are_chosen_by_name(cast: Cast) -> None:
    alpha = create("organisation", name="Alpha", owner=cast.owner.pk)
    raw = {"field": "customer", "op": "linked_to", "value": [alpha]}
    data = posted(raw, desk(cast.owner, "deal"))
    assert cleaned(data, cast.owner, record_type="deal") == raw
    assert "Alpha" in str(AForm(data, cast.owner, record_type="deal")["where"])


def test_records_that_one_may_not_see_are_kept_and_not_shown(cast: Cast) -> None:
    alpha = create("organisation", name="Alpha", owner=cast.owner.pk)
    theirs = create("organisation", name="Zyx Hidden", owner=cast.stranger.pk)
    raw = {"field": "customer", "op": "linked_to", "value": [alpha, theirs]}
    data = posted(raw, desk(cast.owner, "deal"))
    assert [n.kind for n in shape(data).parts] == ["json"]
    assert cleaned(data, cast.owner, record_type="deal") == raw
    assert "Zyx Hidden" not in str(AForm(data, cast.owner, record_type="deal")["where"])


def test_a_broken_shape_is_refused(cast: Cast) -> None:
    for broken in (
        "",
        "{",
        "[]",
        '{"id": "a", "kind": "nonsense"}',
        '{"id": "A!", "kind": "group"}',
    ):
        data = {"where": "", "where-mode": "rows", "where-shape": broken}
        assert refusals(data, cast.owner) == ["The rows came broken: load the page again."]
        assert "c-plain" in str(AForm(data, cast.owner)["where"])


def test_the_field_knows_whether_it_changed(cast: Cast) -> None:
    field = AForm(None, cast.owner).fields["where"]
    assert not field.has_changed(BIG, Typed("where", query(posted(BIG, desk(cast.owner)))))
    assert field.has_changed(BIG, Typed("where", query({"where": "{"})))
    with pytest.raises(ValidationError):
        field.clean("{")
