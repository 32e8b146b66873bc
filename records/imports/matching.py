"""Which record a row is about: found by the fields that the mapping matches on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from import_export.instance_loaders import BaseInstanceLoader

from crm_config.field_types.base import ValueRefused
from records.imports import cells
from records.imports.keys import rows_with
from records.imports.lines import Line
from records.imports.mapping import ImportMapping
from records.imports.plan import Plan
from records.models.record import RecordQuerySet
from records.selectors.lists import Query, visible

Values = tuple[Any, ...]
#: The dataset's column for the row's number: no heading can be called so.
ROW = "\0"


@dataclass(frozen=True)
class Match:
    """`archived` alone: the only records found are in the archive."""

    ids: tuple[int, ...]
    archived: bool = False


def key_of(plan: Plan, row: Mapping[str, Any]) -> Values | None:
    """A row's key in comparable form; None where a part of it is empty or cannot be read."""
    by_key = {column.field: column for column in plan.mapping.columns}
    found = []
    for key in plan.keys:
        column = by_key[key.key]
        try:
            comparable = key.comparable(
                cells.read_as(column, cells.cell(column, row)), plan.context
            )
        except ValueRefused:
            return None
        if comparable in (None, ""):
            return None
        found.append(comparable)
    return tuple(found) or None


class Matcher(BaseInstanceLoader):
    """Looks up all rows of a chunk in one query, among the records that the person sees.

    django-import-export asks it for each row's instance, and makes a new one where it gives None.
    """

    def __init__(self, resource: Any, dataset: Any) -> None:
        super().__init__(resource, dataset)
        self.plan: Plan = resource.plan
        rows = [dict(zip(dataset.headers, cells, strict=True)) for cells in dataset]
        self.keys = {row[ROW]: key_of(self.plan, row) for row in rows} if self.plan.keys else {}
        self.found = self._look_up([key for key in self.keys.values() if key])

    def _look_up(self, wanted: Sequence[Values]) -> dict[Values, Match]:
        live: dict[Values, list[int]] = defaultdict(list)
        archived: dict[Values, list[int]] = defaultdict(list)
        firsts = {values[0] for values in wanted}
        for pk, is_archived, values in rows_with(self._rows(), self.plan.keys, firsts):
            (archived if is_archived else live)[values].append(pk)
        return {
            values: Match(tuple(live[values]))
            if values in live
            else Match(tuple(archived[values]), archived=True)
            for values in wanted
            if values in live or values in archived
        }

    def _rows(self) -> RecordQuerySet:
        """All that the person sees of the type, the archive included."""
        query = Query(self.plan.record_type)
        live = visible(query, access=self.plan.access)
        archive = visible(Query(self.plan.record_type, archived=True), access=self.plan.access)
        return live | archive

    def get_instance(self, row: Mapping[str, Any]) -> Line | None:
        number = row[ROW]
        key = self.keys.get(number)
        match = self.found.get(key) if key else None
        line = Line(number)
        if first := self.plan.repeats.get(number):
            line.blame(
                "repeated",
                _("Row %(first)s has the same key: one row for each record.") % {"first": first},
            )
        elif match is not None:
            _judge(line, match, self.plan.mapping)
        elif self.plan.mapping.mode == "update":
            _refuse_unknown(line, key)
        return line if line.faults or line.record_id else None


def _judge(line: Line, match: Match, mapping: ImportMapping) -> None:
    count = len(match.ids)
    if match.archived:
        line.blame("archived", _("The record it is about is archived: restore that one first."))
    elif count > 1:
        line.blame(
            "several",
            ngettext(
                "%(count)s record has this key: match on more fields.",
                "%(count)s records have this key: match on more fields.",
                count,
            )
            % {"count": count},
        )
    elif mapping.mode == "create":
        line.blame("exists", _("There is such a record already, and only new ones are created."))
    else:
        line.record_id = match.ids[0]


def _refuse_unknown(line: Line, key: Values | None) -> None:
    if key is None:
        line.blame("no_key", _("What the record is found by is empty or cannot be read."))
    else:
        line.blame("not_found", _("There is no record with this key that you may see."))


def stored_parts(record_ids: Sequence[int], plan: Plan) -> dict[int, dict[str, dict[str, Any]]]:
    """What records hold of the fields that the file gives in parts, so that other parts are kept."""
    partial = {column.key for column in plan.mapping.columns if column.part}
    fields = [f for f in plan.record_type.active if f.key in partial]
    if not fields or not record_ids:
        return {}
    query = Query(plan.record_type, ids=record_ids)
    rows = visible(query, access=plan.access).only("id", "data")
    held: dict[int, dict[str, dict[str, Any]]] = {}
    for record in rows:
        values = {f.key: f.type.load(f, record.data) for f in fields}
        shown = {
            f.key: f.type.to_json(f, values[f.key]) for f in fields if values[f.key] is not None
        }
        held[record.pk] = {k: dict(v) for k, v in shown.items() if isinstance(v, dict)}
    return held
