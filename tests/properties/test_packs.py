"""Whatever the configuration: export, import, export gives the same bytes; rollback gives the older one; and a
change-set taken back difference by difference, in any order, leaves what was before."""

import random
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_config import packs, payload, publication
from crm_config.diff import diff, revert
from crm_config.merging import merge
from crm_config.payload import Payload

some_keys = st.lists(
    st.sampled_from([f"{letter}{n}" for letter in "abcd" for n in range(3)]),
    unique=True,
    max_size=5,
)
labels = st.dictionaries(
    st.sampled_from(["en", "ro", "el", "pl"]),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8),
    min_size=1,
    max_size=3,
)
flags = st.sampled_from(
    ["required", "unique", "filterable", "sortable", "searchable", "personal", "retired"]
)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def fields(draw: st.DrawFn, sections: list[str]) -> list[dict[str, Any]]:
    return [draw(one_field(key, sections)) for key in draw(some_keys)]


@st.composite
def one_field(draw: st.DrawFn, key: str, sections: list[str]) -> dict[str, Any]:
    field: dict[str, Any] = {"key": key, "labels": draw(labels)}
    if draw(st.booleans()):
        field |= {
            "type": "choice",
            "choices": [{"key": k, "labels": draw(labels)} for k in draw(some_keys)],
        }
        field = {name: value for name, value in field.items() if value}
    else:
        field |= {"type": "text"} | draw(st.sampled_from([{}, {"options": {"max_length": 20}}]))
        field |= dict.fromkeys(draw(st.lists(flags, unique=True, max_size=2)), True)
    if sections and draw(st.booleans()):
        field["section"] = draw(st.sampled_from(sections))
    if field["type"] == "choice":
        field.pop("unique", None)
    return field


@st.composite
def record_types(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for key in sorted(draw(some_keys)):
        sections = draw(some_keys)
        held = draw(fields(sections))
        active = [f["key"] for f in held if not f.get("retired")]
        raw = {
            "key": key,
            "labels": draw(labels),
            "sections": [{"key": k, "labels": draw(labels)} for k in sections],
            "fields": held,
        }
        if active and draw(st.booleans()):
            raw["columns"] = draw(st.lists(st.sampled_from(active), unique=True, min_size=1))
            raw["title_template"] = "{" + draw(st.sampled_from(active)) + "}"
        made.append(raw)
    return made


@st.composite
def payloads(draw: st.DrawFn) -> Payload:
    types = draw(record_types())
    roles = []
    for key in sorted(draw(some_keys)):
        granted = (
            sorted({draw(st.sampled_from(types))["key"] for _each in range(2)}) if types else []
        )
        roles.append(
            {
                "key": key,
                "labels": draw(labels),
                "grants": [
                    {"type": t, "action": "view", "scope": draw(st.sampled_from(["own", "all"]))}
                    for t in granted
                ],
                "fields": [],
            }
        )
    return {"format": 1, "record_types": types, "roles": roles}


@SLOW
@given(before=payloads(), after=payloads(), seed=st.integers(0, 999))
def test_taking_back_each_difference_leaves_what_was_before(
    before: Payload, after: Payload, seed: int
) -> None:
    differences = list(diff(before, after))
    random.Random(seed).shuffle(differences)
    current = deepcopy(after)
    for difference in differences:
        current = revert(current, difference)
    assert _without_empty(current) == _without_empty(before)
    assert list(diff(_without_empty(before), _without_empty(current))) == []


def _without_empty(part: Any) -> Any:
    """A list without members says the same as none."""
    if isinstance(part, dict):
        cleaned = {name: _without_empty(value) for name, value in part.items()}
        return {name: value for name, value in cleaned.items() if value not in ([], {}, None)}
    return [_without_empty(each) for each in part] if isinstance(part, list) else part


@SLOW
@given(before=payloads(), after=payloads())
def test_merging_twice_is_merging_once_and_removes_nothing(before: Payload, after: Payload) -> None:
    for keep in (False, True):
        once = merge(before, after, keep=keep)
        assert merge(once, after, keep=keep) == once
        assert not [d for d in diff(before, once) if d.kind == "removed"]
        assert not [d for d in diff(after, once) if d.kind == "removed"]


@pytest.mark.django_db
@SLOW
@given(held=payloads())
def test_export_import_export_gives_the_same_bytes(held: Payload) -> None:
    payload.load(held, replace=True)
    first = packs.export(payload.dump())
    payload.load({"format": 1}, replace=True)
    packs.install(packs.parse(first), replace=True)
    assert packs.export(payload.dump()) == first


@pytest.mark.django_db
@SLOW
@given(older=payloads(), newer=payloads())
def test_rollback_gives_the_older_bytes_and_the_working_copy_is_it(
    older: Payload, newer: Payload
) -> None:
    first = _publish(older)
    if _publish(newer) != first:
        publication.rollback(first, user=None)
    row = publication.latest()
    assert row is not None
    assert payload.to_bytes(row.payload) == payload.to_bytes(publication.version(first).payload)
    assert payload.to_bytes(payload.dump()) == payload.to_bytes(row.payload)
    assert publication.changes() == []


def _publish(held: Payload) -> int:
    payload.load(held, replace=True)
    last = publication.latest()
    if last is not None and payload.digest(payload.dump()) == last.digest:
        return last.version
    return publication.publish(user=None).version
