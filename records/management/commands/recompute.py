"""Work out the computed fields of all records of a type anew, or of all types."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm_config.live import live
from jobs.services import enqueue, run_now


class Command(BaseCommand):
    help = "Compute fields anew: `recompute deal`, or all types without a name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("types", nargs="*", metavar="TYPE")
        parser.add_argument("--later", action="store_true", help="leave the work to the worker")

    def handle(self, *args: Any, types: list[str], later: bool, **options: Any) -> None:
        known = live().types
        if unknown := [key for key in types if key not in known]:
            raise CommandError(
                f"No such record type: {', '.join(unknown)}. Known: {', '.join(sorted(known))}."
            )
        for key in types or sorted(known):
            job = enqueue(kind="records.recompute", args={"type": key})
            if later:
                self.stdout.write(f"{key}: job {job.pk}")
            else:
                run_now(job)
                job.refresh_from_db()
                self.stdout.write(
                    f"{key}: {(job.result or {}).get('records', 0)} records, {job.state}"
                )
