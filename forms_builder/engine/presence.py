"""How conditions of forms read values that only the server can read whole: as filled in or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, is_blank
from crm_config.operators.base import PRESENCE

#: Parts that stand there before anybody filled in anything.
GIVEN_PARTS = frozenset({"currency", "country"})


class Presence(FieldType):
    """Not registered: no field of a record is of this type. Its value is True, or there is none."""

    key = "presence"
    label = "presence"
    sql_kind = "boolean"
    operators = PRESENCE

    def coerce(self, field: FieldDef, raw: Any, context: CoerceContext) -> Any:
        if isinstance(raw, Mapping):
            filled = any(not is_blank(v) for k, v in raw.items() if k not in GIVEN_PARTS)
        else:
            filled = raw is not False and not is_blank(raw)
        return True if filled else None


PRESENCE_TYPE = Presence()
