"""How answers fall into the groups of a split, in one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    Value,
    When,
)

from crm_config.definitions import TypeDef
from crm_config.expressions import ArrayHas, DataValue
from records.selectors import Query, visible
from surveys.results import reach
from surveys.results.chosen import Chosen
from surveys.results.questions import Question
from surveys.results.scored import Scored, scored
from surveys.results.splits import Split

#: By group, how often each number was given.
Grouped = Mapping[Any, Mapping[float, int]]


def grouped(chosen: Chosen, split: Split, question: Question) -> Grouped:
    """The group None is of answers without a value."""
    numbers = scored(chosen, question)
    if split.type is not None:
        numbers = _of_place(numbers, chosen, split, split.type)
    f = split.field
    if f is not None and f.type.kind == "multi_choice" and not f.column:
        return _by_option(numbers, split)
    found: dict[Any, dict[float, int]] = defaultdict(dict)
    in_groups = _with_group(numbers, chosen, split)
    counted = in_groups.values_list("group", "number").annotate(n=Count("pk"))
    for group, number, n in counted:
        found[group][number] = n
    return found


def _of_place(numbers: Scored, chosen: Chosen, split: Split, record_type: TypeDef) -> Scored:
    """Whom somebody does not see, they do not tell apart either."""
    seen = chosen.rows.filter(reach.seen(split.place, [record_type], chosen.access))
    return replace(numbers, rows=numbers.rows.filter(numbers.among(seen)))


def _with_group(numbers: Scored, chosen: Chosen, split: Split) -> QuerySet[Any]:
    rows, f, place = numbers.rows, split.field, numbers.to(split.place)
    if f is None:
        return rows.annotate(group=_in_segment(numbers, chosen, split))
    if f.type.storage == "links":
        link = FilteredRelation(
            f"{place}__links_out", condition=Q(**{f"{place}__links_out__field": f.key})
        )
        return rows.annotate(leads=link, group=F("leads__target"))
    if f.column:
        return rows.annotate(group=F(f"{place}__{f.column}"))
    value = DataValue(f.type.comparable_key(f), f.type.sql_kind, source=F(f"{place}__data"))  # type: ignore[arg-type]
    return rows.annotate(group=value)


def _in_segment(numbers: Scored, chosen: Chosen, split: Split) -> Case:
    record_type = reach.about(chosen.survey, chosen.access.snapshot)
    if record_type is None:
        raise LookupError(chosen.survey.type)
    members = visible(Query(record_type, segment=split.segment), access=chosen.access)
    return Case(
        When(**{f"{numbers.to('record')}__in": members.values("pk")}, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


def _by_option(numbers: Scored, split: Split) -> Grouped:
    """Who has several options counts in each."""
    f = split.field
    if f is None:
        raise LookupError(split.key)
    source = F(f"{numbers.to(split.place)}__data")
    stored = DataValue(f.type.comparable_key(f), "array", source=source)
    options = [option.key for option in f.choices]
    wanted = {f"o{n}": Count("pk", filter=Q(ArrayHas(stored, [o]))) for n, o in enumerate(options)}
    wanted["none"] = Count("pk", filter=Q(stored__isnull=True))
    found: dict[Any, dict[float, int]] = defaultdict(dict)
    counted = numbers.rows.annotate(stored=stored).values("number").annotate(**wanted)
    for row in counted:
        for n, option in enumerate(options):
            found[option][row["number"]] = row[f"o{n}"]
        found[None][row["number"]] = row["none"]
    return found
