"""The shape of pipelines in packs."""

from crm_config.schema import CONDITION, FLAG, KEY, KEYS, LABELS, SHORT, objects, strict
from workflows.pipelines.definitions import MEANINGS

PERCENT = {"type": "integer", "minimum": 0, "maximum": 100}
DAYS = {"type": "integer", "minimum": 1, "maximum": 3650}

STAGE = strict(
    {
        "key": KEY,
        "labels": LABELS,
        "colour": SHORT,
        "meaning": {"enum": list(MEANINGS)},
        "probability": PERCENT,
        "status": SHORT,
        "entry": KEYS,
        "exit": KEYS,
        "help": LABELS,
        "stale_after": DAYS,
        "start": FLAG,
        "retired": FLAG,
        "moved_to": KEY,
        "checklist": objects(strict({"key": KEY, "labels": LABELS}, "key")),
        "all_done": FLAG,
    },
    "key",
)
TRANSITION = strict(
    {
        "key": KEY,
        "labels": LABELS,
        "from": KEYS,
        "to": KEY,
        "roles": KEYS,
        "by": CONDITION,
        "guard": CONDITION,
        "message": LABELS,
        "fields": KEYS,
        "sets": {"type": "object", "description": "Values by field key."},
    },
    "key",
    "to",
)
SHAPE = objects(
    strict(
        {
            "key": KEY,
            "labels": LABELS,
            "description": LABELS,
            "type": KEY,
            "condition": CONDITION,
            "from_field": KEY,
            "order": {"type": "integer", "minimum": 0, "maximum": 32767},
            "no_skip": FLAG,
            "no_backward": FLAG,
            "anywhere_by_import": FLAG,
            "stages": objects(STAGE),
            "transitions": objects(TRANSITION),
            "retired": FLAG,
        },
        "key",
        "type",
        "stages",
    )
)
