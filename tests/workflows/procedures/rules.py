"""A company with procedures and approval processes, for tests."""

from __future__ import annotations

from typing import Any

from crm_config.models import ConfigSnapshot
from tests import company as small

#: Deals above 1,000 are not to be won without a date.
MUST = {"field": "close_date", "op": "is_set"}
WHEN = {"field": "won", "op": "is_true"}


def procedure(key: str = "dated", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "type": "deal",
        "labels": {"en": "Won deals have a date"},
        "message": {"en": "Say when it was won.", "el": "Πείτε πότε κερδήθηκε."},
        "moments": ["create", "change"],
        "when": WHEN,
        "must": MUST,
        **more,
    }


def process(key: str = "boss", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "type": "deal",
        "labels": {"en": "The boss agrees"},
        "steps": [{"key": "first", "approvers": [{"role": "manager"}]}],
        **more,
    }


def publish(*procedures: dict[str, Any], approvals: Any = (), **more: Any) -> ConfigSnapshot:
    company = small.small_company()
    company["procedures"] = list(procedures)
    company["approvals"] = list(approvals)
    return small.publish(company={**company, **more})
