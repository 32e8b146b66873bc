"""A small company to ask about: companies, persons, deals, and notes on any of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from crm_config.compiler import compile_payload
from crm_config.conditions.api import Condition, Context, Standpoint, StoredSubject, parse, ruling
from crm_config.definitions import Snapshot, TypeDef
from crm_config.norm import keeps_norm, norm_of

INDUSTRIES = [
    {"key": "it", "labels": {"en": "IT", "pl": "Informatyka"}},
    {"key": "retail", "labels": {"en": "Retail"}},
    {"key": "old", "labels": {"en": "Old"}, "retired": True},
]


def field(key: str, type_key: str, label: str = "", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": type_key, "labels": {"en": label or key.capitalize()}, **more}


def link(key: str, *targets: str, label: str = "", **options: Any) -> dict[str, Any]:
    return field(key, "link", label, options={"targets": list(targets), **options})


PAYLOAD: dict[str, Any] = {
    "company": {"name": "Aegean Optics", "time_zone": "Europe/Bucharest", "base_currency": "EUR"},
    "record_types": [
        {
            "key": "company",
            "labels": {"en": "Company"},
            "plural": {"en": "Companies"},
            "fields": [
                field("name", "text"),
                field("industry", "choice", choices=INDUSTRIES),
                field("tags", "multi_choice", choices=INDUSTRIES),
                field("staff", "integer", "Headcount", options={"min": 1}),
                field("capacity", "integer"),
                field("founded", "date"),
                field("public", "boolean"),
                field("notes", "long_text"),
                field("story", "long_text", filterable=True),
                field("gone", "text", retired=True),
                field("code", "text"),
                field("buyer", "user"),
                field("crew", "team"),
                link("holding", "company", reverse_key="subsidiaries"),
            ],
        },
        {
            "key": "person",
            "labels": {"en": "Person"},
            "plural": {"en": "Persons"},
            "fields": [
                field("name", "text"),
                field("code", "integer"),
                link("employers", "company", label="Employers", multiple=True),
                link("about", "company", "person", multiple=True),
            ],
        },
        {
            "key": "deal",
            "labels": {"en": "Deal"},
            "plural": {"en": "Deals"},
            "fields": [
                field("amount", "money", "Amount"),
                field("budget", "money", "Budget"),
                field("met", "datetime", "Met"),
                field("due", "date", "Due"),
                field("stage_key", "choice", "Stage", choices=INDUSTRIES),
                link("company", "company", label="Company", reverse_key="deals",
                     reverse_labels={"en": "Deals"}),
                link("subject", "company", "person"),
            ],
        },
    ],
}  # fmt: skip
NUMBERS = {"company": 1, "person": 2, "deal": 3}
SNAPSHOT: Snapshot = compile_payload(PAYLOAD, version=1, numbers=NUMBERS)
#: A Sunday evening in UTC, which is Monday in Bucharest.
NOW = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
AT = Standpoint(NOW, ZoneInfo("Europe/Bucharest"), me=7, my_teams=frozenset({3, 4}))


def type_of(key: str) -> TypeDef:
    return SNAPSHOT.types[key]


def rule(key: str) -> Context:
    return ruling(SNAPSHOT, type_of(key))


def condition(raw: Any, on: str = "company", context: Context | None = None) -> Condition:
    return parse(raw, context or rule(on))


def record(on: str = "company", serial: int = 1, **values: Any) -> StoredSubject:
    """A record with these values, given as raw ones. Links are subjects."""
    record_type = type_of(on)
    subject = StoredSubject(record_type, record_type.first_id + serial, {}, {}, {}, {}, {}, {})
    coerce = rule(on).coerce
    for key, raw in values.items():
        found = record_type.all_fields[key]
        if found.column:
            subject.columns[key] = raw
        elif found.type.storage == "links":
            _tie(subject, key, raw if isinstance(raw, list) else [raw])
        else:
            value = found.type.coerce(found, raw, coerce)
            stored = subject.long_data if found.type.storage == "long_data" else subject.data
            stored.update(found.type.dump(found, value))
            if keeps_norm(found):
                subject.norms[key] = norm_of(found, value)
    return subject


def _tie(source: StoredSubject, key: str, targets: list[StoredSubject]) -> None:
    source.links[key] = targets
    for target in targets:
        target.backlinks.setdefault((source.type.key, key), []).append(source)


def holds(raw: Any, subject: StoredSubject, at: Standpoint = AT) -> bool:
    return condition(raw, subject.type.key).test(subject, at)
