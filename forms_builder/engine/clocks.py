"""How conditions of forms read times and points in time: as inputs of browsers and machines write them, which the
browser can tell as well. Without an offset a point in time is one of the zone that the form is filled in for."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, ValueRefused
from crm_config.field_types.datetime import DateTimeType
from crm_config.field_types.time import TimeType

_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?\Z")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-5][0-9])?)?\Z"
)


class Clock(TimeType):
    """Not registered: no field of a record is of this type."""

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> time:
        if isinstance(raw, str) and not _CLOCK.match(raw.strip()):
            raise ValueRefused("not_a_time", _("Write the time as 14:30."))
        return super().read(field, raw, context)


class Moment(DateTimeType):
    """Not registered: no field of a record is of this type."""

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> datetime:
        if isinstance(raw, str) and not _MOMENT.match(raw.strip()):
            said = {"example": "2026-01-31 14:30"}
            raise ValueRefused("not_a_moment", _("Write date and time as %(example)s.") % said)
        return super().read(field, raw, context)


CLOCK_TYPE = Clock()
MOMENT_TYPE = Moment()
