"""The shapes of business calendars and service levels in payloads and packs."""

from crm_config.schema import CONDITION, FLAG, KEY, LABELS, SHORT, objects, strict
from workflows.deadlines.definitions import WEEK, WHOM

CLOCK = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"}
INTERVALS = {
    "type": "array",
    "items": {"type": "array", "items": CLOCK, "minItems": 2, "maxItems": 2},
}
CALENDARS_SHAPE = {
    "type": "array",
    "description": "Which hours count, by weekday, and which days do not.",
    "items": strict(
        {
            "key": KEY,
            "labels": LABELS,
            "time_zone": SHORT,
            "hours": strict(dict.fromkeys(WEEK, INTERVALS)),
            "country": {"type": "string", "maxLength": 5},
            "subdivision": {"type": "string", "maxLength": 10},
            "days": objects(
                strict(
                    {
                        "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
                        "labels": LABELS,
                    },
                    "date",
                )
            ),
            "retired": FLAG,
        },
        "key",
        "hours",
    ),
}
TARGET = strict(
    {
        "key": KEY,
        "labels": LABELS,
        "minutes": {"type": "integer", "minimum": 1, "maximum": 525600},
        "met": CONDITION,
    },
    "key",
    "minutes",
    "met",
)
ESCALATION = strict(
    {
        "after_percent": {"type": "integer", "minimum": 1, "maximum": 1000},
        "notify": {"enum": list(WHOM)},
        "role": KEY,
    },
    "after_percent",
    "notify",
)
PERHAPS = {"anyOf": [CONDITION, {"type": "null"}]}
LEVELS_SHAPE = {
    "type": "array",
    "description": "What is to be done with a record until when.",
    "items": strict(
        {
            "key": KEY,
            "type": KEY,
            "labels": LABELS,
            "order": {"type": "integer", "minimum": 0, "maximum": 32767},
            "calendar": KEY,
            "condition": PERHAPS,
            "starts": PERHAPS,
            "pauses": PERHAPS,
            "targets": objects(TARGET),
            "warn_at": {"type": "integer", "minimum": 1, "maximum": 99},
            "escalations": objects(ESCALATION),
            "retired": FLAG,
        },
        "key",
        "type",
        "calendar",
        "targets",
    ),
}
