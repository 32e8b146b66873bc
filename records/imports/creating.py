"""What an import makes besides its own records, where the mapping says so: linked records, users, teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crm_config.field_types.support.texts import clean_text
from crm_config.norm import normalised
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.imports.finding import RecordFinder
from records.imports.fitting import creation_key
from records.imports.mapping import ColumnMap
from records.imports.people import TeamFinder, UserFinder
from records.imports.plan import Plan

CHANNEL = "import"
#: Ways of writing one name, by its normal form.
Names = Mapping[str, Sequence[str]]


@dataclass
class Made:
    """The texts that now name something, how many things that are, and why others do not."""

    texts: set[str] = field(default_factory=set)
    count: int = 0
    reasons: dict[str, str] = field(default_factory=dict)

    def note(self, texts: Sequence[str]) -> None:
        self.texts.update(texts)
        self.count += 1


def make_missing(
    plan: Plan, column: ColumnMap, texts: Sequence[str], *, reason: str, dry_run: bool
) -> Made:
    """Make, or in a dry run ask whether one could make, what the texts name: one thing for all the ways of
    writing a name. The caller holds the transaction."""
    finder = plan.finders[column.field]
    names: dict[str, list[str]] = {}
    for text in sorted(texts):
        names.setdefault(normalised(clean_text(text)), []).append(text)
    if isinstance(finder, RecordFinder):
        return _linked(plan, column, finder, names, reason=reason, dry_run=dry_run)
    return _people(finder, names, dry_run=dry_run)


def _people(finder: UserFinder | TeamFinder, names: Names, *, dry_run: bool) -> Made:
    made = Made()
    for texts in names.values():
        if not dry_run:
            finder.create(texts[0])
        made.note(texts)
    return made


def _linked(
    plan: Plan,
    column: ColumnMap,
    finder: RecordFinder,
    names: Names,
    *,
    reason: str,
    dry_run: bool,
) -> Made:
    target = finder.types[0]
    key = creation_key(column, target) or ""
    changes = [
        Change("create", type=target.key, values={key: texts[0]}, ref=texts)
        for texts in names.values()
    ]
    made = Made()
    for outcome in _through_the_gate(changes, plan.access, reason, dry_run=dry_run):
        texts = outcome.change.ref
        if not outcome.ok:
            told = " ".join(str(refusal.message) for refusal in outcome.refusals)
            made.reasons.update(dict.fromkeys(texts, told))
            continue
        made.note(texts)
        for text in texts if outcome.id else ():
            finder.learn(text, outcome.id or 0)
    return made


def _through_the_gate(
    changes: Sequence[Change], access: Access, reason: str, *, dry_run: bool
) -> Sequence[Outcome]:
    if not changes:
        return []
    if dry_run:
        return services.check(changes, access=access, channel=CHANNEL)
    receipt = services.execute(changes, access=access, channel=CHANNEL, reason=reason, partial=True)
    return receipt.outcomes
