"""Commands that cannot be undone ask first."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobs.services import run_inline


class ConfirmedCommand(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def confirm(self, what: str, key: str, *, yes: bool) -> None:
        """Raises `CommandError` unless somebody types the key."""
        self.stdout.write(what)
        if not yes and input(f"This cannot be undone. Type {key} to go on: ").strip() != key:
            raise CommandError("Nothing was removed.")

    def run(self, kind: str, args: dict[str, Any]) -> None:
        job = run_inline(kind=kind, args=args)
        if job.state != job.State.DONE:
            raise CommandError(f"{job.state}: {job.error}")
        self.stdout.write(
            self.style.SUCCESS(f"{(job.result or {}).get('rows', 0)} rows changed or removed.")
        )
