"""A condition that goes through the builder untouched comes back to the letter, whatever it is."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from crm_config.conditions.api import ConditionInvalid, parse
from records.access import Access
from records.builder.assemble import assemble
from records.builder.desk import Desk
from records.builder.load import load
from records.builder.pretty import same
from records.builder.rows import rows_of
from records.builder.sheet import Sheet
from records.builder.submitted import submitted
from records.widgets.condition import tree
from tests.properties import condition_world as worlds

pytestmark = pytest.mark.django_db


def drawn(seed: int, purpose: str = "rule") -> tuple[Any, Desk]:
    rng = random.Random(seed)
    world = worlds.world(rng, [1, 2, 3], [1, 2], size=3)
    record_type = rng.choice(list(world.snapshot.types.values()))
    access = Access(snapshot=world.snapshot, authority=True)
    desk = Desk(purpose, record_type, world.snapshot, access)
    return worlds.Trees(world, desk.context, rng).tree((record_type,)), desk


def usable(raw: Any, desk: Desk) -> bool:
    try:
        parse(raw, desk.context)
    except ConditionInvalid:
        return False
    return True


@given(seed=st.integers(0, 10**9))
def test_what_was_loaded_is_what_is_put_together(seed: int) -> None:
    raw, desk = drawn(seed)
    if usable(raw, desk):
        found = assemble(load(raw, desk, name="c"), desk)
        assert found.complete, found.problems
        assert same(found.raw, raw)


@given(seed=st.integers(0, 10**9))
def test_what_a_browser_would_send_of_the_page_says_the_same(seed: int) -> None:
    """Also where the condition cannot be used: nothing is dropped."""
    raw, desk = drawn(seed, "filter")
    sheet = load(raw, desk, name="c")
    page = QueryDict(mutable=True)
    for name, values in submitted(tree(sheet, desk)).items():
        page.setlist(name, values)
    page["c-shape"] = sheet.shape
    assert same(assemble(Sheet.read("c", page), desk).raw, raw)


def test_most_of_what_is_asked_can_be_shown_in_rows() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(150):
        raw, desk = drawn(seed)
        if usable(raw, desk):
            kinds.update(r.kind for r in rows_of(load(raw, desk, name="c"), desk).walk())
    assert kinds["field"] > 2 * kinds["json"]
    assert kinds["related"] > 10
