"""Where the values that an action gives come from: as written, a field (also over links), a formula, the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from crm_config.dependencies import formula_paths
from crm_config.formulas import compute
from records.computed.operands import operand, result
from records.errors import NotVisible
from records.selectors import reading
from records.selectors.reading import RecordView
from workflows.actions.base import Pause, Work


def raw_values(work: Work, given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _raw(work, source) for key, source in given.items()}


def _raw(work: Work, source: Mapping[str, Any]) -> Any:
    if "from" in source:
        return read(work, source["from"])
    if "formula" in source:
        return _computed(work, source["formula"])
    if "today" in source:
        today = work.now.astimezone(work.access.tz).date()
        return (today + timedelta(days=int(source["today"] or 0))).isoformat()
    return source.get("value")


def read(work: Work, path: str) -> Any:
    """The value as JSON, as far as whoever the automation acts for may read it."""
    if path == "id":
        return work.record_id
    view, last = _reach(work, path)
    if view is None:
        return None
    if last in ("owner", "team", "stage"):
        return view.value(last)
    return view.json(last)


def _reach(work: Work, path: str) -> tuple[RecordView | None, str]:
    *steps, last = path.split(".")
    view: RecordView | None = work.view
    try:
        for step in steps:
            ids = view.value(step) if view else None
            if not ids:
                return None, last
            view = reading.get(ids[0], access=work.access)
        if view is not None:
            view.value(last)
    except NotVisible:
        return None, last
    except KeyError as error:
        raise Pause(_("There is no field “%(key)s”.") % {"key": path}) from error
    return view, last


def _computed(work: Work, formula: str) -> Any:
    unit = work.snapshot.company.base_currency
    values = {}
    for parts in formula_paths(formula):
        path = ".".join(parts)
        view, last = _reach(work, path)
        values[path] = operand(view.value(last), unit) if view else None
    return result(compute(formula, values))
