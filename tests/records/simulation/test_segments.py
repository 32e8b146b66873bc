"""Segments whose number of records changes are told, with both numbers; those that stay the same are not."""

import pytest

from crm_config.compiler import Draft
from crm_config.live import live, numbers
from records.simulation.figures import segments
from records.simulation.trial import Trial
from tests import company as small
from tests.cast import Cast, create
from tests.crm_config.segments import segment

pytestmark = pytest.mark.django_db

IT = {"field": "sector", "op": "eq", "value": "it"}
NAMED = {"field": "name", "op": "is_set"}


def test_changed_numbers_are_told(cast: Cast) -> None:
    company = small.small_company()
    before = [segment("a", condition=IT), segment("b", condition=NAMED), segment("c", condition=IT)]
    small.publish(company={**company, "segments": before})
    create("organisation", name="A", sector="it")
    create("organisation", name="B")
    after = [
        segment("a", condition=NAMED),
        segment("b", condition=NAMED),
        segment("d", condition=IT),
    ]
    draft = Draft({**company, "segments": after}, numbers())
    assert segments.measure(Trial(live(), draft)) == [
        {"key": "a", "before": 1, "after": 2},
        {"key": "c", "before": 1, "after": None},
        {"key": "d", "before": None, "after": 1},
    ]
