"""The shape of a payload is asked part by part, and a part that was right is not asked again."""

from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crm_config import schema
from crm_config.schema import check_shape, payload_schema
from tests.company import small_company


def whole(payload: Any) -> list[str]:
    """What the published schema says of all of it at once."""
    return sorted(e.message for e in Draft202012Validator(payload_schema()).iter_errors(payload))


def put(place: list[Any], value: Any) -> Any:
    payload: Any = small_company()
    at = payload
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    return payload


WRONG: list[Any] = [
    put(["format"], 2),
    put(["nonsense"], []),
    put(["record_types"], {}),
    put(["record_types", 0], "deal"),
    put(["record_types", 1, "key"], "Deal!"),
    put(["record_types", 2, "fields", 0, "type"], "nothing"),
    put(["record_types", 2, "fields", 0, "required"], "yes"),
    put(["roles", 1, "grants", 0, "condition"], {"field": 3}),
    put(["roles", 1, "extra"], 1),
    put(["company", "languages"], "en"),
    put(["segments"], [{"key": "x"}, 5]),
    [],
    None,
]


@pytest.mark.parametrize("payload", WRONG, ids=range(len(WRONG)))
def test_it_says_what_the_schema_says_of_the_whole(payload):
    assert check_shape(small_company()) == []
    for _again in range(2):
        found = check_shape(payload)
        assert found and sorted(problem.message for problem in found) == whole(payload)


def test_each_problem_tells_its_place():
    (found,) = check_shape(put(["record_types", 2, "fields", 0, "required"], "yes"))
    assert found.path == ("record_types", "deal", "fields", "name", "required")
    (found,) = check_shape(put(["record_types", 2, "fields", 0, "labels"], {"en": "a\0b"}))
    assert found.path == ("record_types", "deal", "fields", "name", "labels", "en")


def test_a_part_that_was_right_is_not_asked_again(monkeypatch):
    payload = small_company()
    assert check_shape(payload) == []
    asked = []
    wrong = schema._wrong
    monkeypatch.setattr(schema, "_wrong", lambda *given: asked.append(given[3]) or wrong(*given))
    changed = deepcopy(payload)
    changed["roles"][2]["labels"] = {"en": "Sellers"}
    assert check_shape(changed) == []
    assert asked == [(), ("roles", 2)]
