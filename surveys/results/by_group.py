"""The score by group: by stage, owner, team, product, segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from surveys.results.chosen import Chosen
from surveys.results.floor import hidden
from surveys.results.group_names import NOT_SEEN, group_names
from surveys.results.grouping import Grouped, grouped
from surveys.results.measures.base import Score
from surveys.results.measures.registry import measure_of
from surveys.results.splits import Split

#: So many groups stand by themselves; the others together.
MOST = 30


@dataclass(frozen=True, eq=False)
class Group:
    """`score` is None where too few answered, or where it would give away another group that is hidden."""

    label: str
    n: int
    score: Score | None


def by_group(chosen: Chosen, split: Split) -> Sequence[Group]:
    """The largest first. Two queries."""
    question = chosen.leading
    if question is None:
        return []
    counts = grouped(chosen, split, question)
    named = _named(counts, group_names(list(counts), split, chosen.access))
    totals = {label: sum(of.values()) for label, of in named.items() if sum(of.values())}
    kept = hidden(totals, chosen.floor)
    measure = measure_of(question.measure)
    return [
        Group(label, totals[label], None if label in kept else measure.score(named[label]))
        for label in sorted(totals, key=lambda label: (-totals[label], label.casefold()))
    ]


def _named(counts: Grouped, names: Any) -> dict[str, dict[float, int]]:
    """By name; those that are not seen, and the smallest of many, in one each."""
    sizes = {group: sum(of.values()) for group, of in counts.items()}
    large = set(sorted(sizes, key=lambda group: -sizes[group])[:MOST])
    found: dict[str, dict[float, int]] = defaultdict(lambda: defaultdict(int))
    for group, of in counts.items():
        label = names.get(group, str(group)) if group in large else _("Others")
        label = _("Not visible to you") if label == NOT_SEEN else label
        for number, n in of.items():
            found[label][number] += n
    return found
