"""All of a survey's results at once, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.results.by_group import Group, by_group
from surveys.results.chosen import Chosen
from surveys.results.distributions import Distribution, distributions
from surveys.results.headline import Headline, headline
from surveys.results.rates import PageRate, Rates, pages, rates
from surveys.results.splits import Split, split_named
from surveys.results.trend import Point, trend
from surveys.results.verbatims import Sayings, sayings


@dataclass(frozen=True, eq=False)
class Report:
    chosen: Chosen
    headline: Headline
    rates: Rates
    pages: Sequence[PageRate]
    trend: Sequence[Point]
    split: Split | None
    groups: Sequence[Group]
    questions: Sequence[Distribution]
    sayings: Mapping[str, Sayings]


def report(chosen: Chosen) -> Report:
    split = split_named(chosen.asked.split, chosen.survey, chosen.access)
    return Report(
        chosen,
        headline(chosen),
        rates(chosen),
        pages(chosen),
        trend(chosen),
        split,
        by_group(chosen, split) if split else [],
        distributions(chosen),
        sayings(chosen),
    )
