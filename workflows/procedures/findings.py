"""What the nightly look found, and where the records are: as links that show nothing of them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from crm_config.definitions import SERIAL_BITS
from crm_config.live import live
from records.selectors.names import record_url
from workflows.procedures.definitions import ProcedureDef, procedures_of

SERIAL = (1 << SERIAL_BITS) - 1


def procedure_of(check: Any) -> ProcedureDef | None:
    return procedures_of(live()).get(check.key)


def label_of(check: Any) -> str:
    found = procedure_of(check)
    return found.label if found else str(check.key)


def list_url(check: Any) -> str:
    """The list of all that break it, for those who may read what the procedure asks."""
    found = procedure_of(check)
    if found is None:
        return ""
    broken = {"not": found.must}
    where = broken if found.when is None else {"all": [found.when, broken]}
    url = reverse("records:list", args=[found.type])
    return f"{url}?{urlencode({'where': json.dumps(where)})}"


def record_links(check: Any) -> SafeString:
    """By their numbers: titles are for those who may see them."""
    record_type = live().types.get(check.type)
    name = record_type.label if record_type else check.type
    links = ((record_url(pk), name, pk & SERIAL) for pk in check.first)
    return format_html_join(", ", '<a href="{}">{} {}</a>', links)
