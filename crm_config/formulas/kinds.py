"""The kinds of value that formulas know, and which field gives which."""

from collections.abc import Mapping
from typing import Literal

from crm_config.definitions import FieldDef

Kind = Literal["text", "number", "money", "date", "datetime", "boolean"]

OF_FIELD_TYPE: Mapping[str, Kind] = {
    "text": "text",
    "long_text": "text",
    "email": "text",
    "phone": "text",
    "url": "text",
    "auto_number": "text",
    "choice": "text",
    "integer": "number",
    "decimal": "number",
    "percent": "number",
    "duration": "number",
    "rating": "number",
    "money": "money",
    "date": "date",
    "datetime": "datetime",
    "boolean": "boolean",
}


def kind_of(field: FieldDef) -> Kind | None:
    """What the field gives to a formula; None where it cannot be computed with."""
    result = (field.options.get("result") or {}).get("type") if field.type.computed else None
    return OF_FIELD_TYPE.get(result or field.type.key)
