"""The shape of forms in payloads and packs."""

from collections.abc import Iterable
from typing import Any

from crm_config.schema import CONDITION, FLAG, KEY, KEYS, LABELS, SHORT, objects, strict
from forms_builder.definitions import CHANNELS, WHEN_HIDDEN, WIDTHS
from forms_builder.items.base import OF_FORMS
from forms_builder.items.registry import of_channel

#: Longer texts than labels: introductions, mails.
VALUES = {"type": "object", "maxProperties": 100}
COUNT = {"type": "integer", "minimum": 0, "maximum": 1_000_000}


def steps(kinds: Iterable[str]) -> dict[str, Any]:
    """Of forms on which items of these kinds stand."""
    item = strict(
        {
            "key": KEY,
            "kind": {"enum": sorted(kinds)},
            "options": {"type": "object"},
            "labels": LABELS,
            "help": LABELS,
            "placeholder": LABELS,
            "width": {"enum": list(WIDTHS)},
            "default": True,
            "prefill": SHORT,
            "required": FLAG,
            "readonly": FLAG,
            "shown_when": CONDITION,
            "required_when": CONDITION,
            "readonly_when": CONDITION,
            "options_when": objects(
                strict({"option": KEY, "when": CONDITION}, "option", "when"),
            ),
            "value_set_when": objects(strict({"when": CONDITION, "value": True}, "when", "value")),
            "message_when": objects(
                strict({"when": CONDITION, "message": LABELS, "blocks": FLAG}, "when", "message"),
            ),
            "when_hidden": {"enum": list(WHEN_HIDDEN)},
            "capacity": {"type": "object", "additionalProperties": COUNT},
        },
        "key",
        "kind",
    )
    section = strict(
        {
            "key": KEY,
            "labels": LABELS,
            "columns": {"type": "integer", "minimum": 1, "maximum": 3},
            "items": objects(item),
        },
        "key",
        "items",
    )
    return objects(
        strict(
            {"key": KEY, "labels": LABELS, "shown_when": CONDITION, "sections": objects(section)},
            "key",
            "sections",
        )
    )


STEPS = steps(of_channel(*OF_FORMS))
FORM_SECTION = STEPS["items"]["properties"]["sections"]["items"]
ITEM = FORM_SECTION["properties"]["items"]["items"]
MAIL = strict({"to": KEY, "subject": LABELS, "body": LABELS}, "subject", "body")
SETTINGS = strict(
    {
        "slug": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60},
        "opens": {"type": "string", "maxLength": 40},
        "closes": {"type": "string", "maxLength": 40},
        "most": COUNT,
        "once": KEY,
        "by_token": FLAG,
        "opt_in": KEY,
        "opt_in_mail": MAIL,
        "opt_in_days": {"type": "integer", "minimum": 1, "maximum": 60},
        "mail": MAIL,
        "min_seconds": {"type": "integer", "minimum": 0, "maximum": 600},
        "per_hour": {"type": "integer", "minimum": 1, "maximum": 100_000},
        "resume": FLAG,
        "redirect": {"type": "string", "pattern": "^https?://", "maxLength": 500},
        "privacy": {"type": "string", "pattern": "^(https?:/)?/", "maxLength": 500},
        "embed": {"type": "array", "items": {"type": "string", "pattern": "^https?://[^/ ;,]+$"}},
        "minutes": {"type": "integer", "minimum": 1, "maximum": 600},
        "closed": LABELS,
    }
)
UPDATE = {"enum": ["fill", "overwrite", "never"]}
HANDLING = strict(
    {
        "match": KEYS,
        "update": UPDATE,
        "set": VALUES,
        "links": objects(
            strict(
                {"link": KEY, "type": KEY, "match": KEYS, "update": UPDATE, "set": VALUES}, "link"
            )
        ),
        "activity": strict({"type": KEY, "link": KEY, "of": KEY, "set": VALUES}, "type", "link"),
        "routes": objects(
            strict(
                {
                    "key": KEY,
                    "when": CONDITION,
                    "set": VALUES,
                    "team": SHORT,
                    "users": {"type": "array", "items": SHORT},
                    "role": KEY,
                },
                "key",
            )
        ),
        "lists": KEYS,
        "by": SHORT,
    }
)
SHAPE = {
    "type": "array",
    "description": "Forms that staff and customers fill in.",
    "items": strict(
        {
            "key": KEY,
            "type": KEY,
            "labels": LABELS,
            "intro": LABELS,
            "submit": LABELS,
            "done": LABELS,
            "channel": {"enum": list(CHANNELS)},
            "steps": STEPS,
            "settings": SETTINGS,
            "handling": HANDLING,
            "retired": FLAG,
        },
        "key",
        "type",
        "steps",
    ),
}
