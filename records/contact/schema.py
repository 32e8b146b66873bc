"""The shapes of the contact budget in payloads and packs."""

from crm_config.schema import FLAG, KEY, KEYS, LABELS, strict
from records.contact.definitions import COUNTED

BUDGET_SHAPE = {
    "type": "array",
    "description": "How many messages one person gets at most.",
    "items": strict(
        {
            "key": KEY,
            "labels": LABELS,
            "most": {"type": "integer", "minimum": 1, "maximum": 1000},
            "days": {"type": "integer", "minimum": 1, "maximum": 3660},
            "kinds": {
                "type": "array",
                "items": {"enum": list(COUNTED)},
                "minItems": 1,
                "uniqueItems": True,
            },
            "segment": KEY,
            "survey": KEY,
            "roles": KEYS,
            "retired": FLAG,
        },
        "key",
        "most",
        "days",
        "kinds",
    ),
}
PEOPLE_SHAPE = {
    "type": "array",
    "description": "Which fields of a record type say how its people are written to, and whether they want it.",
    "items": strict(
        {
            "key": {**KEY, "description": "The record type."},
            "email": KEY,
            "language": KEY,
            "consent": KEY,
            "option": KEY,
            "refuses": KEY,
        },
        "key",
    ),
}
