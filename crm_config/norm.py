"""The form in which text is compared and searched: NFKC, case-folded; kept under `norm`."""

import unicodedata
from typing import Any

from crm_config.definitions import FieldDef


def normalised(text: str) -> str:
    """Stable under repetition: folding can undo a normal form, normalising can bring capitals."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", folded).casefold())


def keeps_norm(field: FieldDef) -> bool:
    """Whether records keep the field's normalised text.

    Every short text does, for conditions compare it. Long texts do where the field is flagged.
    """
    if field.searchable:
        return True
    compared = any(operator.reads == "norm" for operator in field.type.operators.values())
    return compared and (field.type.storage != "long_data" or field.filterable)


def norm_of(field: FieldDef, value: Any) -> str:
    """What stands under the field's key in `norm`; nothing is kept for an empty text."""
    return normalised(field.type.search_text(field, value))
