"""Automations as a payload says them."""

from typing import Any


def automation(key: str, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "type": "deal",
        "labels": {"en": key.replace("_", " ").capitalize()},
        "trigger": {"kind": "created"},
        "actions": list(actions),
        "enabled": True,
        **more,
    }


def action(key: str, kind: str, **arguments: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "arguments": arguments}


def set_to(**values: Any) -> dict[str, Any]:
    return {key: {"value": value} for key, value in values.items()}
