"""Records as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config.definitions import TypeDef
from records.access import Access
from records.api.problems import Fault, Problem
from records.errors import NotVisible
from records.gate import Outcome
from records.selectors import RecordView, get, views_of
from records.selectors.plain import plain_views
from records.selectors.reading import Views


def record_url(record_type: TypeDef, record_id: int) -> str:
    return reverse("api:record", args=[record_type.key, record_id])


def record_json(view: RecordView, keys: Iterable[str], *, labels: bool = False) -> dict[str, Any]:
    """`fields` has every key that was asked for; null when empty. `labels` are what people read for them."""
    shown = list(keys)
    said = {
        **_head(view.type, view.id, view.version),
        "title": view.title,
        "archived": view.archived,
        "fields": {key: view.json(key) for key in shown},
    }
    if labels:
        said["labels"] = {key: text for key in shown if (text := view.display(key))}
    return said


def _head(record_type: TypeDef, record_id: int, version: int) -> dict[str, Any]:
    return {
        "id": record_id,
        "type": record_type.key,
        "version": version,
        "url": record_url(record_type, record_id),
    }


def chosen_keys(raw: str | None, record_type: TypeDef, access: Access) -> list[str]:
    """The fields that are asked for, between commas; all that may be read when nothing is said.

    Raises `Problem`, in the same words for a field that is hidden as for one that does not exist.
    """
    known = readable_keys(record_type, access)
    if raw is None:
        return known
    asked = list(dict.fromkeys(key.strip() for key in raw.split(",") if key.strip()))
    strange = [key for key in asked if key not in known and key != "title"]
    if strange:
        raise Problem(
            "invalid", faults=[unknown_field(key, place="query.fields") for key in strange]
        )
    return [key for key in asked if key != "title"]


def readable_keys(record_type: TypeDef, access: Access) -> list[str]:
    """The record's own fields and those of the system, in order. The title stands by itself."""
    keys = (*(f.key for f in record_type.active), *record_type.system)
    return [f.key for f in access.shown(record_type, keys) if f.key != "title"]


def unknown_field(key: str, *, place: str) -> Fault:
    return Fault("unknown_field", _("There is no field “%(key)s”.") % {"key": key}, key, place)


def views_for(*, labels: bool) -> Views:
    """Names cost queries: they are fetched only for those who want labels."""
    return views_of if labels else plain_views


def written_json(outcome: Outcome, record_type: TypeDef, access: Access) -> dict[str, Any]:
    """The record after a write. Whoever wrote it may no longer see it, having given it away: then they are
    told which one it is, and no more."""
    record_id, version = outcome.id or 0, outcome.version or 0
    try:
        view = get(record_id, access=access, views=plain_views)
    except NotVisible:
        head = _head(record_type, record_id, version)
        return {**head, "title": "", "archived": False, "fields": {}}
    return record_json(view, readable_keys(record_type, access))
