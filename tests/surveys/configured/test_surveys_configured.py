"""Surveys are configured as everything is: checked, published, packed, and found where something is used."""

from typing import Any

import pytest

from crm_config import payload, publication
from crm_config.diff import Difference
from crm_config.live import live
from crm_config.problems import ConfigurationInvalid
from crm_config.references import where_used
from crm_config.schema import check_shape
from crm_config.words.vocabulary import Vocabulary
from surveys.definitions import survey_of
from surveys.section import SurveySection
from surveys.words import WORDS
from tests import company as small
from tests.surveys.flow.test_flow import HAPPY, SAD, SCREENED, four, with_quota
from tests.surveys.surveying import (
    DONE,
    options,
    page,
    publish,
    published,
    question,
    survey,
)

pytestmark = pytest.mark.django_db
NPS = question("nps", "nps")
NEVER: dict[str, Any] = {"any": []}


def refusals(*surveys: dict[str, Any]) -> list[str]:
    with pytest.raises(ConfigurationInvalid) as refused:
        publish(*surveys)
    return [str(problem) for problem in refused.value.problems]


def whole() -> dict[str, Any]:
    """With something of everything."""
    return four(
        jumps=[{"after": "first", "to": "good", "when": HAPPY}],
        ends=[{"key": "call", "kind": "person", "when": SAD}, DONE, SCREENED],
        quotas=[{"key": "happy", "most": 9, "when": HAPPY, "then": "full"}],
        settings={"minutes": 2, "editable": True, "results": {"roles": ["sales"]}},
        sending={"recipient": "", "email": "email", "reminders": [3, 7], "first_question": "nps"},
        follow_ups=[{"key": "call_back", "when": SAD, "to": {"role": "sales"}}],
    )


def test_a_survey_is_published_and_read_from_the_snapshot():
    snapshot = publish(whole())
    assert snapshot.version and published().label == "Pulse"
    assert list(published().questions) == ["nps", "why", "praise", "more"]
    publish({**survey(), "retired": True})
    assert survey_of(live(), "pulse") is None


def test_it_comes_back_from_a_pack_as_it_was():
    publish(whole())
    before = SurveySection().dump()
    packed = payload.dump()
    assert not check_shape(packed)
    payload.load(packed, replace=True)
    assert SurveySection().dump() == before and not publication.changes()


def test_a_configuration_without_surveys_says_nothing_of_them():
    small.publish()
    assert "surveys" not in payload.dump()


def of(kind: str, **said: Any) -> dict[str, Any]:
    return survey("pulse", question("q", kind, options=said))


AFTER = {"after": "first", "to": "last"}
CASES: list[tuple[dict[str, Any], str]] = [
    (survey("pulse", question("q", "field", options={"field": "email"})), "is not one of"),
    (survey("pulse", question("q", "jump")), "jump"),
    (of("single_choice"), "Fill in “Options”"),
    (of("single_choice", options=[{"key": "a"}, {"key": "a"}]), "twice"),
    (of("single_choice", options=[{"key": "other"}], other=True), "twice"),
    (of("single_choice", options=[{"key": "a", "colour": "red"}]), "no property “colour”"),
    (of("single_choice", options=[{"key": "a", "points": "many"}]), "Points are a number"),
    (of("multiple_choice", options=options("a"), least=3, most=2), "least is more"),
    (of("matrix", options=options("a")), "Fill in “Rows”"),
    (of("rating", style="hearts"), "no look “hearts”"),
    (of("rating", steps=11), "from 2 to 10"),
    (of("number", min=5, max=1), "least is more"),
    (of("slider", min=5, max=5), "least is more"),
    (of("date", min="soon"), "neither a date"),
    (of("short_text", regex="("), "not a regular expression"),
    (of("contact", asks=["fax"]), "no part “fax”"),
    (of("contact", asks=["name"], needs=["email"]), "not asked for"),
    (survey("pulse", NPS, question("nps_", "nps", capacity={"1": 3})), "have quotas"),
    (
        survey("pulse", question("c", "consent", options={"text": {"en": "x"}, "purpose": "p", "of": "company"})),
        "kept for whoever answers",
    ),
    (
        survey("pulse", question("c", "consent", options={"text": {"en": "{answer.q}"}, "purpose": "p"})),
        "same to everybody",
    ),
    (survey("pulse", question("q", shown_when={"field": "x", "op": "is_set"})), "no field “x”"),
    (survey("pulse", question("q", shown_when=NEVER)), "never shown"),
    (survey("pulse", question("q", labels={"en": "{answer.gone}"})), "no answer “gone”"),
    (survey("pulse", question("q", labels={"en": "{record.owner}"})), "no field “owner”"),
    (survey("pulse", NPS, ends=[{"key": "e", "when": HAPPY}]), "nowhere"),
    (survey("pulse", NPS, ends=[SCREENED]), "no end page"),
    (survey("pulse", NPS, ends=[DONE, DONE]), "two end pages"),
    (survey("pulse", NPS, ends=[DONE, {"key": "late"}]), "No way leads to this end"),
    (survey("pulse", NPS, ends=[SCREENED, DONE]), "No way leads to this end"),
    (survey("pulse", NPS, ends=[{"key": "r", "kind": "review"}]), "where the review is written"),
    (survey("pulse", NPS, ends=[{**DONE, "key": "one"}]), "has this key too"),
    (four(jumps=[{"after": "bad", "to": "first"}]), "leads back"),
    (four(jumps=[{"after": "bad", "to": "bad"}]), "leads back"),
    (four(jumps=[{"after": "gone", "to": "last"}]), "no page “gone”"),
    (four(jumps=[{"after": "first", "to": "gone"}]), "no page and no end “gone”"),
    (four(jumps=[AFTER]), "No way leads to this page"),
    (four(jumps=[{**AFTER, "when": {"all": []}}]), "No way leads to this page"),
    (four(jumps=[{**AFTER, "when": {"field": "x", "op": "is_set"}}]), "no field “x”"),
    (four(jumps=[{**AFTER, "when": {"field": "why", "op": "is_set"}}]), "circle"),
    ({**with_quota(1), "ends": [DONE]}, "no end page for full groups"),
    ({**with_quota(1), "quotas": [{"key": "a", "most": 1}], "ends": [DONE]}, "not needed any more"),
    (survey("pulse", NPS, settings={"closes": "soon"}), "no day"),
    (survey("pulse", NPS, sending={"recipient": "email"}), "does not link"),
    (survey("pulse", NPS, sending={"email": "given_name"}), "no field for an e-mail"),
    (survey("pulse", NPS, sending={"first_question": "gone"}), "no question “gone”"),
    (survey("pulse", NPS, settings={"results": {"roles": ["nobody"]}}), "nobody"),
    (survey("pulse", NPS, follow_ups=[{"key": "f", "when": {"field": "x", "op": "is_set"}}]), "“x”"),
    (survey("pulse", NPS, follow_ups=[{"key": "f", "when": HAPPY, "to": {"role": "gone"}}]), "gone"),
    (survey("pulse", NPS, follow_ups=[{"key": "f", "when": HAPPY, "set": {"email": {"answer": "x"}}}]),
     "no question “x”"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "said"), CASES, ids=[f"{n}-{c[1]}" for n, c in enumerate(CASES)])
def test_what_does_not_fit_is_said_with_its_place(wrong, said):
    problems = refusals(wrong)
    assert any(said in problem and "pulse" in problem for problem in problems), problems


def test_a_question_that_asks_for_a_later_one_is_pointed_out():
    early = question("early", shown_when={"field": "late", "op": "is_set"})
    (problem,) = refusals(survey(steps=[page("a", early, NPS), page("b", question("late"))]))
    assert "items › early" in problem and "“late”, which comes later" in problem


def test_removing_what_the_logic_uses_is_refused_with_where():
    how = question("how", "single_choice", options={"options": options("slow", "fast")})
    less = question("how", "single_choice", options={"options": options("fast")})
    slow = {"field": "how", "op": "eq", "value": "slow"}
    rest = {"ends": [{"key": "sorry", "when": slow}, DONE]}
    publish(survey("pulse", how, NPS, **rest))
    assert any("ends › sorry" in p for p in refusals(survey("pulse", less, NPS, **rest)))
    assert any("ends › sorry" in p for p in refusals(survey("pulse", NPS, **rest)))


def used(target: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [
        reference.source
        for reference in where_used(target, publication.as_published(payload.dump()))
    ]


def test_where_fields_roles_and_lists_are_used():
    asked = survey(
        "pulse",
        NPS,
        question("sector", "hidden", options={"field": "sector"}),
        question("q", labels={"en": "How is {record.name}, {person.code}?"}),
        type="organisation",
        ends=[{"key": "it", "when": {"field": "sector", "op": "eq", "value": "it"}}, DONE],
        settings={"results": {"roles": ["sales"]}},
        follow_ups=[{"key": "f", "when": SAD, "set": {"headcount": {"answer": "nps"}}}],
    )
    publish(asked)
    fields = ("record_types", "organisation", "fields")
    for target in (
        (*fields, "sector"),
        (*fields, "sector", "choices", "it"),
        (*fields, "name"),
        (*fields, "code"),
        (*fields, "headcount"),
        ("roles", "sales"),
        ("record_types", "organisation"),
    ):
        assert ("surveys", "pulse") in used(target), target


def test_changes_are_told_in_words():
    publish(whole())
    packed = payload.dump()
    raw = packed["surveys"][0]
    raw["labels"] = {"en": "Heartbeat"}
    raw["jumps"] = []
    raw["steps"][0]["sections"][0]["items"][0]["required"] = False
    payload.load(packed, replace=True)
    differences = publication.changes()
    texts = [WORDS.describe(each, Vocabulary({}, packed)).template for each in differences]
    assert any(text.startswith("Its texts change") for text in texts)
    assert "Where its answers lead changes." in texts
    assert all(WORDS.show(each, each.after, Vocabulary({}, packed)) for each in differences)


def test_each_part_has_words():
    for part in ("jumps", "ends", "quotas", "settings", "sending", "follow_ups", "type"):
        change = Difference("changed", ("surveys", "pulse", part), [], [1])
        assert WORDS.describe(change, Vocabulary({}, {})).template != "The survey changes."
