"""Segments for tests: raw ones of the small company."""

from typing import Any

from crm_config import payload, publication
from crm_config.models import ConfigSnapshot
from tests import company as small


def segment(key: str, condition: Any = None, *, of: str = "organisation", **more: Any) -> Any:
    raw = {"key": key, "type": of, "labels": {"en": key.replace("_", " ").capitalize()}, **more}
    if condition is not None:
        raw["condition"] = condition
    return raw


IT = {"field": "sector", "op": "eq", "value": "it"}
LARGE = {"field": "headcount", "op": "gte", "value": 100}
HIGH_MARGIN = {"field": "margin", "op": "gte", "value": 50}


def payload_with(*segments: Any, **roles: Any) -> payload.Payload:
    return {**small.small_company(), "segments": list(segments)}


def publish(*segments: Any) -> ConfigSnapshot:
    payload.load(payload_with(*segments), replace=True)
    return publication.publish(user=None, reason="test")
