"""Conditions that ask what was before: for triggers and procedures, and never as a query."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.db.models import Q

from crm_config.conditions.api import Condition, ConditionInvalid, NotInSql, parse, watching
from crm_config.conditions.contexts import Context
from crm_config.definitions import TypeDef
from tests.crm_config.condition_company import AT, SNAPSHOT, record, rule, type_of

WON = {"field": "stage_key", "op": "eq", "value": "it"}


def watched(raw: Any) -> Condition:
    return parse(raw, watching(SNAPSHOT, type_of("deal")))


def deal(stage: str, **values: Any) -> Any:
    return record("deal", stage_key=stage, **values)


@pytest.mark.parametrize(
    ("raw", "created", "moved", "stayed", "left"),
    [
        ({"changed": "stage_key"}, True, True, False, True),
        ({"changed_to": WON}, True, True, False, False),
        ({"was": WON}, False, False, True, True),
        ({"not": {"was": WON}}, True, True, False, False),
        ({"all": [WON, {"changed": "stage_key"}]}, True, True, False, False),
    ],
)
def test_before_and_after(raw: Any, created: bool, moved: bool, stayed: bool, left: bool) -> None:
    found = watched(raw)

    assert found.test(deal("it"), AT) is created
    assert found.test(deal("it"), AT, before=deal("old")) is moved
    assert found.test(deal("it"), AT, before=deal("it")) is stayed
    assert found.test(deal("old"), AT, before=deal("it")) is left


def test_a_change_of_currency_is_a_change() -> None:
    before = record("deal", amount={"amount": "5", "currency": "RON"})
    after = record("deal", amount={"amount": "5", "currency": "PLN"})

    assert watched({"changed": "amount"}).test(after, AT, before=before)


def test_a_change_of_links_is_a_change() -> None:
    one, two = record(serial=1), record(serial=2)

    changed = watched({"changed": "company"})

    assert changed.test(record("deal", company=two), AT, before=record("deal", company=one))
    assert not changed.test(record("deal", company=one), AT, before=record("deal", company=one))


def test_a_new_record_changes_only_what_it_has() -> None:
    assert not watched({"changed": "amount"}).test(deal("it"), AT)


@pytest.mark.parametrize("raw", [{"changed": "stage_key"}, {"changed_to": WON}, {"was": WON}])
def test_changes_are_no_query(raw: Any) -> None:
    with pytest.raises(NotInSql):
        watched(raw).q(AT)


@pytest.mark.parametrize("raw", [{"changed": "stage_key"}, {"changed_to": WON}, {"was": WON}])
def test_other_contexts_refuse_changes(raw: Any) -> None:
    with pytest.raises(ConditionInvalid, match="cannot be used here"):
        parse(raw, rule("deal"))


# -- segments


@dataclass(frozen=True)
class Rare:
    """A segment as the condition sees it."""

    key: str = "rare"
    label: str = "Rare customers"
    record_type: TypeDef = field(default_factory=lambda: type_of("company"))
    uses: frozenset[str] = frozenset({"dormant"})

    def q(self, *args: Any) -> Q:
        return Q(title="rare")

    def test(self, subject: Any, *args: Any) -> bool:
        return subject.value("title") == "rare"


def with_segments(on: str = "company", *within: str) -> Context:
    def find(key: str) -> Rare | None:
        return Rare() if key == "rare" else None

    return replace(rule(on), find_segment=find, within=frozenset(within))


def test_a_segment_is_asked_for_its_records() -> None:
    found = parse({"segment": "rare"}, with_segments())

    assert found.test(record(title="rare"), AT)
    assert not found.test(record(title="common"), AT)
    assert found.references() == {("segments", "rare")}
    assert found.words() == "It is in the segment “Rare customers”"


@pytest.mark.parametrize("within", ["rare", "dormant"])
def test_a_segment_that_refers_back_is_refused(within: str) -> None:
    with pytest.raises(ConditionInvalid, match="refers back"):
        parse({"segment": "rare"}, with_segments("company", within))


def test_a_segment_of_another_type_is_refused() -> None:
    with pytest.raises(ConditionInvalid, match="another type"):
        parse({"segment": "rare"}, with_segments("deal"))
