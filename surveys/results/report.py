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
class Numbers:
    """Counts and scores alone."""

    chosen: Chosen
    headline: Headline
    trend: Sequence[Point]
    questions: Sequence[Distribution]


@dataclass(frozen=True, eq=False)
class Report(Numbers):
    rates: Rates
    pages: Sequence[PageRate]
    split: Split | None
    groups: Sequence[Group]
    sayings: Mapping[str, Sayings]


def report(chosen: Chosen) -> Report:
    split = split_named(chosen.asked.split, chosen.survey, chosen.access)
    return Report(
        chosen,
        headline(chosen),
        trend(chosen),
        distributions(chosen),
        rates(chosen),
        pages(chosen),
        split,
        by_group(chosen, split) if split else [],
        sayings(chosen),
    )


def numbers(chosen: Chosen) -> Numbers:
    """What a shared link shows."""
    return Numbers(chosen, headline(chosen), trend(chosen), distributions(chosen))
