"""The shape of procedures in payloads and packs."""

from crm_config.schema import CONDITION, FLAG, KEY, LABELS, strict
from workflows.procedures.definitions import MODES, MOMENTS

SHAPE = {
    "type": "array",
    "description": "What must hold when records are written.",
    "items": strict(
        {
            "key": KEY,
            "type": KEY,
            "labels": LABELS,
            "description": LABELS,
            "moments": {"type": "array", "items": {"enum": list(MOMENTS)}, "uniqueItems": True},
            "when": CONDITION,
            "must": CONDITION,
            "message": LABELS,
            "mode": {"enum": list(MODES)},
            "approval": KEY,
            "retired": FLAG,
        },
        "key",
        "type",
        "moments",
        "must",
    ),
}
