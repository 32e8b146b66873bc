"""After records were written, in the same transaction: what comes again, and reminders that move along."""

from __future__ import annotations

from records.gate.batch import Batch
from workflows.todo import reminding, repeating


def keep(batch: Batch) -> None:
    """No query for what has nothing to do with activities."""
    if done := repeating.done_by(batch):
        repeating.go_on(batch, done)
    if moved := reminding.moved_by(batch):
        reminding.follow(moved, batch.now)
