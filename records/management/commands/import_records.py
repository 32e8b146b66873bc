"""Import a file from the command line: `import_records FILE --mapping M [--dry-run] [--user U]`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm_config.models import User
from jobs.services import run_inline
from records.access import Access
from records.imports import mapping as mappings
from records.imports import services
from records.imports.errors import ImportRefused
from records.imports.mapping import ImportMapping
from records.imports.outcomes import FUTURE, LABELS
from records.imports.sheets import as_csv, as_xlsx, sheet_rows
from records.models import ImportRun, SavedMapping


class Command(BaseCommand):
    help = (
        "Imports a table (CSV, XLSX or JSON) by a mapping: a JSON file, or the name of a saved one. "
        "Without --user it has the authority of the system; with it, that person's rights."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--mapping", required=True, help="a JSON file, or a saved mapping's name"
        )
        parser.add_argument("--dry-run", action="store_true", help="ask everything, write nothing")
        parser.add_argument("--user", help="user name of who imports")
        parser.add_argument(
            "--faults", type=Path, help="write rows with faults here (.csv or .xlsx)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        access = self.access(options["user"])
        try:
            chosen = self.mapping(options["mapping"], access)
            run = self.begin(options["file"], chosen, access)
            self.perform(run, dry_run=True)
            if not options["dry_run"]:
                self.perform(run, dry_run=False)
        except ImportRefused as error:
            raise CommandError(error.message) from error
        self.tell(run)
        if path := options["faults"]:
            self.write_faults(run, path, access)

    def access(self, name: str | None) -> Access:
        if not name:
            return Access.system()
        try:
            return Access.of(User.objects.get(username=name))
        except User.DoesNotExist as error:
            raise CommandError(f"There is no user {name!r}.") from error

    def mapping(self, source: str, access: Access) -> ImportMapping:
        path = Path(source)
        if path.is_file():
            try:
                return mappings.load(json.loads(path.read_text()))
            except ValueError as error:
                raise CommandError(f"{path} is not JSON: {error}.") from error
        saved = SavedMapping.objects.filter(name=source)
        found = (saved.filter(owner=access.user_id) or saved.filter(shared=True)).first()
        if found is None:
            raise CommandError(f"There is no file and no saved mapping {source!r}.")
        return replace(mappings.load(found.mapping), file=mappings.FileSettings())

    def begin(self, path: Path, chosen: ImportMapping, access: Access) -> ImportRun:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        return services.begin(
            access=access, name=path.name, content=content, type_key=chosen.type, mapping=chosen
        )

    def perform(self, run: ImportRun, *, dry_run: bool) -> None:
        """In this process, by the same job that the screens start."""
        services.mark_started(run, dry_run=dry_run)
        job = run_inline(
            kind=services.KIND, args={"run": run.pk, "dry_run": dry_run}, user=run.owner
        )
        run.refresh_from_db()
        if job.state != job.State.DONE:
            raise CommandError(job.error or f"The job ended as {job.state}.")

    def tell(self, run: ImportRun) -> None:
        words = LABELS if run.is_real else FUTURE
        for status, label in words.items():
            if number := run.counts.get(status):
                self.stdout.write(f"{label}: {number}")
        for name, line in (
            ("faults", "{count} × {column}: {message}"),
            ("corrections", "{count} × {column}: {found} → {read_as}"),
            ("remarks", "{count} × {key}"),
        ):
            for group in run.summary.get(name, []):
                self.stdout.write("  " + line.format(**group))

    def write_faults(self, run: ImportRun, path: Path, access: Access) -> None:
        rows = sheet_rows(run, "faults", access)
        if path.suffix == ".xlsx":
            path.write_bytes(as_xlsx(rows, run.name))
        else:
            path.write_text("".join(as_csv(rows)), encoding="utf-8", newline="")
