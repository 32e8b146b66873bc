"""The shape of surveys in payloads and packs."""

from crm_config.schema import CONDITION, FLAG, KEY, KEYS, LABELS, SHORT, objects, strict
from forms_builder.items.registry import of_channel
from forms_builder.schema import steps
from surveys.definitions import CHANNEL, END_KINDS

COUNT = {"type": "integer", "minimum": 1, "maximum": 1_000_000}
DAYS = {"type": "integer", "minimum": 1, "maximum": 730}
VALUES = {"type": "object", "maxProperties": 100}
STEPS = steps(of_channel(CHANNEL))
ITEM = STEPS["items"]["properties"]["sections"]["items"]["properties"]["items"]["items"]
JUMP = strict({"after": KEY, "to": KEY, "when": CONDITION}, "after", "to")
END = strict(
    {
        "key": KEY,
        "kind": {"enum": list(END_KINDS)},
        "labels": LABELS,
        "text": LABELS,
        "when": CONDITION,
        "url": {"type": "string", "pattern": "^$|^(https?:/)?/", "maxLength": 500},
        "button": LABELS,
    },
    "key",
)
QUOTA = strict(
    {"key": KEY, "most": COUNT, "when": CONDITION, "then": KEY, "labels": LABELS}, "key", "most"
)
SETTINGS = strict(
    {
        "anonymous": FLAG,
        "editable": FLAG,
        "one_per_page": FLAG,
        "opens": {"type": "string", "maxLength": 40},
        "closes": {"type": "string", "maxLength": 40},
        "closed": LABELS,
        "minutes": {"type": "integer", "minimum": 1, "maximum": 600},
        "resume": FLAG,
        "privacy": {"type": "string", "pattern": "^(https?:/)?/", "maxLength": 500},
        "embed": {"type": "array", "items": {"type": "string", "pattern": "^https?://[^/ ;,]+$"}},
        "per_hour": {"type": "integer", "minimum": 1, "maximum": 100_000},
        "min_seconds": {"type": "integer", "minimum": 0, "maximum": 600},
        "idle": {"type": "integer", "minimum": 20, "maximum": 3600},
        "floor": {"type": "integer", "minimum": 1, "maximum": 1000},
        "latest_only": FLAG,
        "results": strict({"roles": KEYS}),
    }
)
SENDING = strict(
    {
        "recipient": {"anyOf": [KEY, {"const": ""}]},
        "email": KEY,
        "subject": LABELS,
        "body": LABELS,
        "first_question": KEY,
        "reminders": {"type": "array", "items": DAYS, "maxItems": 10},
        "expires_days": DAYS,
        "per_hour": {"type": "integer", "minimum": 0, "maximum": 1_000_000},
        "purpose": KEY,
        "basis": {"enum": ["consent", "interest", "contract"]},
        "transactional": FLAG,
        "once": {"enum": ["person", "record", "occasion"]},
        "gap_days": {"type": "integer", "minimum": 0, "maximum": 730},
    }
)
FOLLOW_UP = strict(
    {
        "key": KEY,
        "labels": LABELS,
        "when": CONDITION,
        "days": {"type": "integer", "minimum": 0, "maximum": 365},
        "to": strict({"of": {"enum": ["owner", "team"]}, "user": SHORT, "role": KEY}),
        "make": strict({"type": KEY, "link": KEY, "set": VALUES}, "type"),
        "set": VALUES,
        "lists": KEYS,
        "notify": FLAG,
        "outcome": FLAG,
    },
    "key",
    "when",
)
SHAPE = {
    "type": "array",
    "description": "What customers are asked, how they are asked, and what is done about it.",
    "items": strict(
        {
            "key": KEY,
            "type": KEY,
            "labels": LABELS,
            "intro": LABELS,
            "submit": LABELS,
            "steps": STEPS,
            "jumps": objects(JUMP),
            "ends": objects(END),
            "quotas": objects(QUOTA),
            "settings": SETTINGS,
            "sending": SENDING,
            "follow_ups": objects(FOLLOW_UP),
            "retired": FLAG,
        },
        "key",
        "type",
        "steps",
        "ends",
    ),
}
