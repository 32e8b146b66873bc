"""What an import makes besides its own records, where the mapping says so: linked records, users, teams."""

from __future__ import annotations

from collections.abc import Sequence

from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.imports.finding import RecordFinder
from records.imports.fitting import creation_key
from records.imports.mapping import ColumnMap
from records.imports.people import TeamFinder, UserFinder
from records.imports.plan import Plan

#: Why a text could not be made into something to point at.
Reasons = dict[str, str]
CHANNEL = "import"


def make_missing(
    plan: Plan, column: ColumnMap, texts: Sequence[str], *, reason: str, dry_run: bool
) -> tuple[set[str], Reasons]:
    """Make, or in a dry run ask whether one could make, what the texts name: those that worked, and why
    others did not. The caller holds the transaction."""
    finder = plan.finders[column.field]
    if isinstance(finder, RecordFinder):
        return _linked(plan, column, finder, texts, reason=reason, dry_run=dry_run)
    if not dry_run:
        _people(finder, texts)
    return set(texts), {}


def _people(finder: UserFinder | TeamFinder, texts: Sequence[str]) -> None:
    for text in texts:
        finder.create(text)


def _linked(
    plan: Plan,
    column: ColumnMap,
    finder: RecordFinder,
    texts: Sequence[str],
    *,
    reason: str,
    dry_run: bool,
) -> tuple[set[str], Reasons]:
    target = finder.types[0]
    key = creation_key(column, target) or ""
    changes = [Change("create", type=target.key, values={key: text}, ref=text) for text in texts]
    made, reasons = set(), Reasons()
    for outcome in _through_the_gate(changes, plan.access, reason, dry_run=dry_run):
        if outcome.ok:
            made.add(outcome.change.ref)
            if outcome.id:
                finder.learn(outcome.change.ref, outcome.id)
        else:
            reasons[outcome.change.ref] = " ".join(str(r.message) for r in outcome.refusals)
    return made, reasons


def _through_the_gate(
    changes: Sequence[Change], access: Access, reason: str, *, dry_run: bool
) -> Sequence[Outcome]:
    if dry_run:
        return services.check(changes, access=access, channel=CHANNEL)
    receipt = services.execute(changes, access=access, channel=CHANNEL, reason=reason, partial=True)
    return receipt.outcomes
