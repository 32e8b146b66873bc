"""Checks the promises: `manage.py promises [--draft] [--json]`. Ends with 1 when one does not hold."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm_config.definitions import Snapshot
from crm_config.live import pinned
from crm_config.promises.checking import Verdict
from crm_config.promises.naming import SnapshotNames, sentence
from crm_config.promises.telling import told
from records.promises.check import keep, verdicts
from records.promises.jobs import working_copy


class Command(BaseCommand):
    help = (
        "Check on live records what administrators promised about access. Ends with 1 when a promise does not "
        "hold, and shows the counter-example."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--draft", action="store_true", help="under the working copy, not what is published"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="for programs")

    def handle(self, *args: Any, draft: bool, as_json: bool, **options: Any) -> None:
        with pinned() as published:
            snapshot = working_copy() if draft else published
            if snapshot is None:
                raise CommandError("The working copy cannot be read: see `manage.py pack check`.")
            found = verdicts(snapshot)
            keep(found, draft=draft)
        lines = [as_told(each, snapshot) for each in found]
        if as_json:
            self.stdout.write(json.dumps(lines, indent=1, ensure_ascii=False))
        else:
            self._tell(lines)
        if not all(each.kept for each in found):
            raise SystemExit(1)

    def _tell(self, lines: list[dict[str, Any]]) -> None:
        for line in lines:
            mark = self.style.SUCCESS("holds ") if line["kept"] else self.style.ERROR("broken")
            self.stdout.write(f"{mark} {line['key']}: {line['says']}")
            if not line["kept"]:
                self.stdout.write(f"       {line['example']}")
        if not lines:
            self.stdout.write("There are no promises.")


def as_told(verdict: Verdict, snapshot: Snapshot) -> dict[str, Any]:
    example = verdict.example
    return {
        "key": verdict.promise.key,
        "kind": verdict.promise.kind,
        "says": str(sentence(verdict.promise, SnapshotNames(snapshot))),
        "kept": verdict.kept,
        "example": told(example, snapshot) if example else None,
        "details": example.as_json() if example else None,
    }
