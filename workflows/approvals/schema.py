"""The shape of approval processes in payloads and packs."""

from crm_config.schema import FLAG, KEY, LABELS, SHORT, objects, strict
from workflows.approvals.definitions import LEADS, NEEDS, ORDERS

APPROVER = {
    "oneOf": [
        strict({"role": KEY}, "role"),
        strict({"user": SHORT}, "user"),
        strict({"team_lead_of": {"enum": list(LEADS)}}, "team_lead_of"),
        strict({"field": KEY}, "field"),
    ]
}
STEP = strict(
    {
        "key": KEY,
        "labels": LABELS,
        "approvers": objects(APPROVER),
        "needs": {"enum": list(NEEDS)},
        "n": {"type": "integer", "minimum": 1, "maximum": 100},
        "due_hours": {"type": ["integer", "null"], "minimum": 1, "maximum": 8760},
        "escalate_to": objects(APPROVER),
    },
    "key",
    "approvers",
)
SHAPE = {
    "type": "array",
    "description": "Who must agree, in which steps, before something is done.",
    "items": strict(
        {
            "key": KEY,
            "type": KEY,
            "labels": LABELS,
            "steps": objects(STEP),
            "order": {"enum": list(ORDERS)},
            "different_from_requester": FLAG,
            "retired": FLAG,
        },
        "key",
        "type",
        "steps",
    ),
}
