"""What is put to the logic of forms twice, on the server and in the browser: fixed cases and generated ones.

A vector is a form, answers as they come in, and what read-only items keep.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from crm_config.conditions.api import Standpoint
from crm_config.definitions import CompanyDef, FieldDef, OptionDef, Snapshot, TypeDef
from crm_config.field_types import registry
from crm_config.field_types.base import CoerceContext
from forms_builder.definitions import FormDef
from forms_builder.engine.compiling import compiled
from forms_builder.engine.evaluate import States, evaluate
from forms_builder.engine.logic import Broken, read
from tests.forms_builder.forms import form, item, step

NOW = datetime(2026, 11, 28, 22, 30, tzinfo=UTC)
ATHENS = ZoneInfo("Europe/Athens")
CONTEXT = CoerceContext(now=NOW, tz=ATHENS)
KINDS: Mapping[str, dict[str, Any]] = {
    "text": {},
    "long_text": {},
    "email": {},
    "phone": {},
    "url": {},
    "choice": {},
    "multi_choice": {},
    "boolean": {},
    "integer": {"min": 5},
    "decimal": {"decimals": 2, "max": "100"},
    "percent": {"decimals": 1},
    "rating": {"max": 10},
    "date": {},
    "time": {},
    "datetime": {},
    "money": {},
}
OPTIONS = tuple(OptionDef(key, {"en": f"The {key}"}) for key in ("red", "green", "blue"))
OLD = OptionDef("old", {"en": "Old"}, retired=True)

#: By kind, what people and machines send.
TYPED: Mapping[str, tuple[Any, ...]] = {
    "text": ("", "Straße", "STRASSE", "ΟΔΥΣΣΕΥΣ", "οδυσσεύς", "İstanbul ı", " a\u00a0 b\t", "ﬁn ½", "\u0000x",
             "e\u0301", "é", "Ꭰꭰ", "a" * 300, "\U0001f600", "x\u2028y", "ẞ", "ǅ", "٣"),
    "long_text": ("", "a\r\nb", "A\nB", " \n ", "one\u0085two", "Ab\tc"),
    "email": ("", "Maria@Example.COM", "maria@example.com", "no address"),
    "phone": ("", "+30 210 1234567", "call me"),
    "url": ("", "https://Example.com/a", "example.com/A", "nothing like it"),
    "choice": ("", "red", "green", "blue", "old", "purple", " red "),
    "multi_choice": (None, [], ["red"], ["blue", "red"], ["red", "red"], ["green", "purple"], ["old"]),
    "boolean": (None, True, False, "on", "true", "maybe"),
    "integer": ("", "1", "5", "-7", "1 250", "1,250", "1,2", "12x", "9000000000000001", "+3", "5.0", 8, "-0"),
    "decimal": ("", "12.5", "12,5", "12.50", "12.505", "1'250.5", ".5", "5.", ".", "-0.1", "1,234.5", "abc"),
    "percent": ("", "12.5 %", "12,5%", "100", "%"),
    "rating": ("", "1", "9", "12"),
    "date": ("", "2026-11-29", "2026-11-28", "2026-2-3", "2026-02-30", "28.11.2026", "0999-01-01", "9999-12-31"),
    "time": ("", "14:30", "9:05", " 14:30:59 ", "14:30:59.999", "23:59:59", "24:00", "12:60", "noon", "00:00", "1430",
             "14:30Z"),
    "datetime": ("", "2026-11-29T00:30", "2026-11-28 22:30:00", "2026-11-29T00:30:00.5", "2026-11-28T22:30Z",
                 "2026-11-29T00:30:00.000001+02:00", "2026-11-29", "2026-10-25T03:30", "2026-10-25T02:59:59",
                 "2026-03-29T03:30", "2026-03-29T04:00", "2026-10-25T03:30+02:00", "2026-13-01T00:00",
                 "2026-02-30T10:00", "2026-11-28T24:00", "28.11.2026 22:30", "1000-01-01T00:00", "9999-12-30T23:00",
                 "2026-11-28T22:30-23:59", "2026-11-28T22:30+24:00", "2026-11-28T22:30+2",
                 "2026-11-28T22:30+01:99", "2026-11-28T22:30.5"),
    "money": (None, {"amount": "", "currency": "EUR"}, {"amount": "5", "currency": "EUR"}, {"amount": "1.250"},
              {"amount": "1 250,50", "currency": "EUR"}, {"amount": "-7.25", "currency": " EUR "}, "12.5", "5 EUR", 8,
              {"amount": "5", "currency": "USD"}, {"amount": "many", "currency": "EUR"}, {"amount": "5.001"},
              {"amount": 12.5, "currency": "EUR"}, {"amount": "90000000000000000"}, {"amount": "0"}, False, True),
}  # fmt: skip

TEXT_OPS = ("eq", "neq", "contains", "not_contains", "starts_with", "ends_with")
ORDER_OPS = ("eq", "neq", "gt", "gte", "lt", "lte")
OPERANDS: Mapping[str, tuple[tuple[str, Any], ...]] = {
    "text": (*((op, v) for op in TEXT_OPS for v in ("strasse", "ΟΔΥΣΣΕΥΣ", "i", "fin", "É")),
             ("in", ["Straße", "a b"]), ("not_in", ["x"])),
    "long_text": (("contains", "a\nb"), ("eq", "ONE\ntwo"), ("starts_with", "A")),
    "email": (("eq", "maria@example.com"), ("ends_with", "EXAMPLE.com"), ("contains", "@")),
    "phone": (("starts_with", "+30"), ("contains", "210"), ("eq", "call me")),
    "url": (("starts_with", "https://"), ("contains", "example.com"), ("not_contains", "/a")),
    "money": (*((op, v) for op in ORDER_OPS for v in ("5", "1250.5", "-7.25")), ("between", ["0", "20"]),
              ("in", ["5", "12.50"])),
    "choice": (("eq", "red"), ("neq", "red"), ("in", ["red", "old"]), ("not_in", ["green"])),
    "multi_choice": (("has_any", ["red", "blue"]), ("has_all", ["red", "blue"]), ("has_none", ["red"]),
                     ("equals", ["blue", "red"])),
    "boolean": (("is_true", None), ("is_false", None)),
    "integer": (*((op, v) for op in ORDER_OPS for v in (5, -7, 1250)), ("between", [1, 8]), ("in", [1, 3])),
    "decimal": (*((op, v) for op in ORDER_OPS for v in ("12.5", "-0.1")), ("between", ["0", "20"])),
    "percent": (("gte", "12.5"), ("eq", "100")),
    "rating": (("gt", 1), ("eq", 5)),
    "date": (*((op, "2026-11-29") for op in ORDER_OPS), ("gte", {"dynamic": "today"}), ("within", "this_week"),
             ("lt", {"dynamic": "today", "add": {"days": 1}}), ("in", ["2026-11-28", "2026-02-03"]),
             ("between", ["2026-02-01", {"dynamic": "today"}]), ("within", {"last_days": 1})),
    "time": (*((op, v) for op in ORDER_OPS for v in ("14:30", "09:05:00")), ("between", ["09:00", "17:00"]),
             ("in", ["14:30", "00:00"]), ("not_in", ["23:59:59"])),
    "datetime": (*((op, v) for op in ORDER_OPS for v in ("2026-11-29", "2026-11-28T22:30:00Z")),
                 *((op, {"dynamic": "now"}) for op in ORDER_OPS), ("gt", "2026-10-25T01:00:00Z"),
                 ("lt", "2026-03-29T01:00:00Z"), ("gte", {"dynamic": "today"}), ("within", "this_week"),
                 ("between", ["2026-03-29", {"dynamic": "today"}]),
                 ("in", ["2026-11-28", "2026-11-29T00:30:00+02:00"]), ("within", {"last_days": 1})),
}  # fmt: skip
PRESENCE = (("is_set", None), ("is_empty", None))


@cache
def snapshot() -> Snapshot:
    fields = {
        key: FieldDef(
            record_type="thing",
            key=key,
            type=registry.get(key),
            labels={"en": key},
            options=options,
            choices=(*OPTIONS, OLD) if registry.get(key).has_choices else (),
        )
        for key, options in KINDS.items()
    }
    thing = TypeDef("thing", 1, {"en": "Thing"}, {}, fields, {})
    return Snapshot(1, CompanyDef(time_zone="Europe/Athens"), {"thing": thing}, {}, {})


@dataclass(frozen=True)
class Vector:
    raw_form: dict[str, Any]
    raw: dict[str, Any]
    fixed: dict[str, Any]
    mark: Literal[".", ","] = "."

    def logic(self) -> Any:
        """Read once for all vectors of a form."""
        if "logic" not in self.raw_form:
            self.raw_form["logic"] = read(FormDef.of(self.raw_form), snapshot())
        return self.raw_form["logic"]

    def on_server(self) -> dict[str, Any]:
        return told(
            evaluate(
                self.logic(),
                self.raw,
                context=replace(CONTEXT, decimal_mark=self.mark),
                fixed=self.fixed,
            )
        )

    def for_browser(self) -> dict[str, Any]:
        standpoint = Standpoint(now=NOW, tz=ATHENS)
        return {
            "form": compiled(self.logic(), standpoint, fixed=self.fixed, mark=self.mark),
            "raw": self.raw,
        }


def told(states: States) -> dict[str, Any]:
    """As the browser's side says it."""
    return {
        "items": {
            key: {
                "shown": s.shown,
                "required": s.required,
                "readonly": s.readonly,
                "value": s.value,
                "cleared": s.cleared,
                "setByRule": s.set_by_rule,
                "offered": None if s.offered is None else sorted(s.offered),
                "notOffered": list(s.not_offered),
                "messages": [rule.text for rule in s.messages],
            }
            for key, s in states.items.items()
        },
        "steps": states.steps,
    }


def leaves() -> Iterator[dict[str, Any]]:
    for kind in KINDS:
        for op, value in (*OPERANDS.get(kind, ()), *PRESENCE):
            said = {"field": kind, "op": op}
            yield said if value is None else {**said, "value": value}


def fixed_cases() -> Iterator[Vector]:
    """Every leaf on everything that may be typed."""
    for leaf in leaves():
        asked = form("f", item(leaf["field"]), item("probe", "hidden"), type="thing")
        asked["steps"].append(step("more", item("note", "text", shown_when=leaf)))
        for raw in TYPED[leaf["field"]]:
            yield Vector(asked, {leaf["field"]: raw}, {})
            if leaf["field"] in ("integer", "decimal", "percent", "money"):
                yield Vector(asked, {leaf["field"]: raw}, {}, ",")


def generated(count: int, seed: int = 7) -> Iterator[Vector]:
    rng = random.Random(seed)
    made = 0
    while made < count:
        found = Vector(_form(rng), _raw(rng), {"text": "kept", "integer": "4"})
        try:
            found.logic()
        except Broken:
            # It goes in a circle: such a form is not published.
            continue
        made += 1
        yield found


def _raw(rng: random.Random) -> dict[str, Any]:
    return {key: rng.choice(TYPED[key]) for key in KINDS if rng.random() < 0.7}


def _tree(rng: random.Random, known: list[dict[str, Any]], depth: int = 3) -> dict[str, Any]:
    choice = rng.random()
    if depth == 0 or choice < 0.55:
        if rng.random() < 0.08:
            return {"field": "decimal", "op": "gte", "value": {"field": "decimal"}}
        return rng.choice(known)
    if choice < 0.65:
        return {"not": _tree(rng, known, depth - 1)}
    inner = [_tree(rng, known, depth - 1) for _n in range(rng.randint(0, 3))]
    return {"all" if choice < 0.83 else "any": inner}


VALUES: Mapping[str, Any] = {
    "text": "set", "long_text": "set", "email": "set@example.com", "choice": "red", "multi_choice": ["red"],
    "boolean": True, "integer": 7, "decimal": "1.5", "percent": "10", "rating": 3, "date": "2026-01-31",
    "time": "08:00", "datetime": "2026-01-31T08:00",
    "phone": "+302101234567", "url": "https://example.com", "money": {"amount": "1", "currency": "EUR"},
}  # fmt: skip


def _form(rng: random.Random) -> dict[str, Any]:
    keys = list(KINDS)
    rng.shuffle(keys)
    every = list(leaves())
    items = []
    for n, key in enumerate(keys):
        known = [leaf for leaf in every if leaf["field"] in keys[:n]] or every
        items.append(_item(rng, key, known))
    cut = rng.randint(1, len(items) - 1)
    second = step("two", *items[cut:])
    if rng.random() < 0.5:
        earlier = [leaf for leaf in every if leaf["field"] in keys[:cut]]
        second["shown_when"] = _tree(rng, earlier, 1)
    return form("f", type="thing", steps=[step("one", *items[:cut]), second])


def _item(rng: random.Random, key: str, known: list[dict[str, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name in ("shown_when", "required_when", "readonly_when"):
        if rng.random() < 0.4:
            said[name] = _tree(rng, known)
    if rng.random() < 0.2:
        said["value_set_when"] = [{"when": _tree(rng, known, 1), "value": VALUES[key]}]
    if rng.random() < 0.3:
        said["message_when"] = [
            {"when": _tree(rng, known, 1), "message": {"en": "Told"}, "blocks": True}
        ]
    if key in ("choice", "multi_choice") and rng.random() < 0.7:
        said["options_when"] = [
            {"option": rng.choice(("red", "green", "blue")), "when": _tree(rng, known, 1)}
            for _n in range(rng.randint(1, 3))
        ]
    return item(key, required=rng.random() < 0.3, when_hidden=rng.choice(("clear", "keep")), **said)
