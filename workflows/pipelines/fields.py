"""The stage as a field: what a type with a pipeline has beside owner and team, so that lists, filters, conditions,
imports, exports and the API know it as they know every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop

from crm_config.definitions import FieldDef, OptionDef
from crm_config.field_types import registry
from crm_config.system_fields import Catalogue
from workflows.pipelines.live import SECTION

STAGE, SINCE = "stage", "stage_entered_at"


def stage_fields(record_type: str, payload: Mapping[str, Any]) -> Iterator[FieldDef]:
    """Stages of archived pipelines stay, as options no longer used: records may still be in them."""
    held = [raw for raw in payload.get(SECTION, ()) if raw["type"] == record_type]
    if not any(not raw.get("retired") for raw in held):
        return
    held.sort(key=lambda raw: (bool(raw.get("retired")), raw.get("order", 100), raw["key"]))
    yield FieldDef(
        record_type=record_type,
        key=STAGE,
        type=registry.get("choice"),
        labels=Catalogue(gettext_noop("Stage")),
        choices=tuple(_option(stage, raw) for raw in held for stage in raw.get("stages", ())),
        column=STAGE,
        filterable=True,
    )
    yield FieldDef(
        record_type=record_type,
        key=SINCE,
        type=registry.get("datetime"),
        labels=Catalogue(gettext_noop("In this stage since")),
        column=SINCE,
        filterable=True,
        sortable=True,
    )


def _option(stage: Mapping[str, Any], pipeline: Mapping[str, Any]) -> OptionDef:
    return OptionDef(
        stage["key"],
        stage.get("labels", {}),
        stage.get("colour", ""),
        bool(stage.get("retired") or pipeline.get("retired")),
    )
