"""Records that point at one that goes, and which of them somebody may be told about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm_config.definitions import FieldDef, TypeDef
from records.access import Access
from records.models import Record


@dataclass(frozen=True)
class Pointing:
    """The record `source`, of a type, points by its field `link`."""

    source: int
    type: TypeDef
    link: FieldDef


def seen(all_of_them: Iterable[Pointing], access: Access) -> list[Pointing]:
    """Those whose record and link the person sees: others are not there for them, not even as a number."""
    readable = [p for p in all_of_them if p.link.key in access.readable_everywhere(p.type)]
    by_type: dict[str, list[Pointing]] = defaultdict(list)
    for each in readable:
        by_type[each.type.key].append(each)
    visible: set[int] = set()
    for several in by_type.values():
        rows = Record.unscoped.of(several[0].type).filter(access.q("view", several[0].type))
        visible.update(rows.filter(pk__in=sources(several)).values_list("pk", flat=True))
    return [each for each in readable if each.source in visible]


def sources(several: Iterable[Pointing]) -> Sequence[int]:
    return sorted({each.source for each in several})
