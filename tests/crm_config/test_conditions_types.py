"""Every operator of every field type, compared in Python and in SQL: a new type needs no test here."""

from __future__ import annotations

import random

import pytest

from crm_config.conditions.api import ConditionInvalid, Standpoint, parse, ruling
from crm_config.conditions.contexts import plain_coercion
from crm_config.conditions.paths import is_link
from crm_config.field_types import registry
from records.models import Record
from tests.properties.condition_world import Trees, World, one_type, standpoint, stored, world_of

OPERATED = [key for key, t in registry.all_types().items() if t.operators and key != "link"]
COMPUTED = [key for key, t in registry.all_types().items() if t.computed]


def test_every_field_type_can_at_least_be_asked_whether_it_is_filled_in() -> None:
    for field_type in registry.all_types().values():
        if not field_type.computed:
            assert {"is_set", "is_empty"} <= field_type.operators.keys(), field_type.key


def agree(found: World, at: Standpoint, leaf: dict[str, object]) -> None:
    record_type = found.snapshot.types["company"]
    context = ruling(found.snapshot, record_type, coerce=plain_coercion(found.snapshot))
    condition = parse(leaf, context)
    python = {pk for pk, s in found.subjects().items() if condition.test(s, at)}
    rows = Record.unscoped.of(record_type)
    assert set(rows.filter(condition.q(at)).values_list("pk", flat=True)) == python, leaf
    negated = set(rows.filter(~condition.q(at)).values_list("pk", flat=True))
    assert negated == found.rows.keys() - python, leaf


@pytest.mark.django_db
@pytest.mark.parametrize("type_key", OPERATED)
def test_each_operator_is_the_same_in_both(type_key: str) -> None:
    rng = random.Random(type_key)
    found = world_of(one_type(type_key, rng), rng, [1], [1], size=25)
    stored(found, people=False)
    record_type = found.snapshot.types["company"]
    context = ruling(found.snapshot, record_type, coerce=plain_coercion(found.snapshot))
    trees, at = Trees(found, context, rng), standpoint(found, rng)
    field = record_type.fields["f"]
    assert not is_link(field)
    tried = 0
    for operator in field.type.operators.values():
        for _operand in range(1 if operator.operand == "none" else 6):
            leaf = {"field": "f", "op": operator.key, **trees.value(field, operator)}
            try:
                agree(found, at, leaf)
                tried += 1
            except ConditionInvalid as refused:
                assert "value" in refused.problems[0].place
    assert tried >= len(field.type.operators)
