"""A small company for tests: organisations, persons and deals, with roles that differ in what they see."""

from typing import Any

from crm_config import payload, publication
from crm_config.models import ConfigSnapshot

ALL = ("view", "create", "change", "delete", "assign", "export", "import")


def field(key: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "labels": {"en": key.replace("_", " ").capitalize()}, **more}


def option(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "labels": {"en": key.capitalize()}, **more}


def record_type(key: str, *fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "labels": {"en": key.capitalize()},
        "plural": {"en": f"{key.capitalize()}s"},
        "fields": list(fields),
        **more,
    }


def role(
    key: str, scope: str, *types: str, actions: tuple[str, ...] = ALL, **more: Any
) -> dict[str, Any]:
    return {
        "key": key,
        "labels": {"en": key.capitalize()},
        "grants": [{"type": t, "action": a, "scope": scope} for t in types for a in actions],
        **more,
    }


def organisation() -> dict[str, Any]:
    return record_type(
        "organisation",
        field("name", required=True, searchable=True, filterable=True, sortable=True),
        field("code", unique=True),
        field(
            "sector",
            "choice",
            filterable=True,
            choices=[option("it"), option("retail"), option("old", retired=True)],
        ),
        field("headcount", "integer", filterable=True, sortable=True),
        field("notes", "long_text"),
        field("margin", "integer"),
        title_template="{name}",
        columns=["title", "sector", "headcount", "owner"],
        sort=["title"],
    )


def person() -> dict[str, Any]:
    return record_type(
        "person",
        field("given_name"),
        field("family_name", required=True, searchable=True),
        field("email", "email"),
        field(
            "company",
            "link",
            options={"targets": ["organisation"], "reverse_key": "people", "on_delete": "clear"},
        ),
        title_template="{given_name} {family_name}",
        columns=["title", "email", "company"],
    )


def deal() -> dict[str, Any]:
    return record_type(
        "deal",
        field("name", required=True, searchable=True),
        field("amount", "money", filterable=True, sortable=True),
        field("close_date", "date", filterable=True, sortable=True),
        field("won", "boolean", filterable=True),
        field(
            "tags",
            "multi_choice",
            filterable=True,
            choices=[option("hot"), option("new"), option("big")],
        ),
        field(
            "customer",
            "link",
            options={"targets": ["organisation"], "reverse_key": "deals", "on_delete": "refuse"},
        ),
        title_template="{name}",
        columns=["title", "amount", "close_date", "customer", "owner"],
    )


def small_company() -> payload.Payload:
    types = ("organisation", "person", "deal")
    return {
        "format": 1,
        "company": {
            "name": "Test",
            "time_zone": "Europe/Athens",
            "base_currency": "EUR",
            "languages": ["en", "el"],
        },
        "record_types": [organisation(), person(), deal()],
        "roles": [
            role("administrator", "all", *types, administers=True),
            role("manager", "team_below", *types),
            role(
                "sales",
                "own",
                *types,
                fields=[{"type": "organisation", "field": "margin", "access": "hidden"}],
            ),
            role("support", "team", *types, actions=("view", "change")),
        ],
    }


def publish(*extra: dict[str, Any], company: payload.Payload | None = None) -> ConfigSnapshot:
    """Publish the small company, with further (or replaced) record types."""
    candidate = dict(company or small_company())
    replaced = {raw["key"] for raw in extra}
    kept = [raw for raw in candidate["record_types"] if raw["key"] not in replaced]
    candidate["record_types"] = [*kept, *extra]
    payload.load(candidate, replace=True)
    return publication.publish(user=None, reason="test")
