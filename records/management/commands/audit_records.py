"""Checks the rules of stored data, and repairs what is safe: `manage.py audit_records [TYPE…] [--repair]`."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm_config.definitions import Snapshot, TypeDef
from crm_config.live import pinned
from records.audit.faults import Report
from records.audit.run import audit


class Command(BaseCommand):
    help = (
        "Check that stored values, titles, search entries, unique values, links, ids and indexes are what the "
        "published configuration says. Ends with 1 when something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("types", nargs="*", metavar="TYPE")
        parser.add_argument("--repair", action="store_true", help="put right what is safe")
        parser.add_argument("--json", action="store_true", dest="as_json", help="for programs")

    def handle(
        self, *args: Any, types: list[str], repair: bool, as_json: bool, **options: Any
    ) -> None:
        with pinned() as snapshot:
            chosen = self._chosen(types, snapshot)
            report = audit(chosen, snapshot=snapshot, repair=repair, tables=not types)
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), indent=1, sort_keys=True))
        else:
            self._tell(report)
        if not report.clean:
            raise SystemExit(1)

    def _chosen(self, keys: Sequence[str], snapshot: Snapshot) -> list[TypeDef]:
        known = {record_type.key: record_type for record_type in snapshot.active_types}
        if unknown := [key for key in keys if key not in known]:
            listed = ", ".join(sorted(known))
            raise CommandError(
                f"No such record type in use: {', '.join(unknown)}. Known: {listed}."
            )
        return [known[key] for key in keys or sorted(known)]

    def _tell(self, report: Report) -> None:
        told = report.as_json()
        for key, number in told["records"].items():
            self.stdout.write(f"{key}: {number} records")
        for row in told["faults"]:
            self.stdout.write(self._line(row))
        self.stdout.write(
            self.style.SUCCESS("Nothing is wrong.")
            if report.clean
            else self.style.ERROR("Something is wrong.")
        )

    def _line(self, row: dict[str, Any]) -> str:
        place = ".".join(part for part in (row["type"], row["about"]) if part)
        counts = [f"{row['standing']} standing"] if row["standing"] else []
        counts += [f"{row['repaired']} repaired"] if row["repaired"] else []
        named = f" (records {', '.join(map(str, row['records']))})" if row["records"] else ""
        kind = "note: " if row["note"] else ""
        return f"{kind}{place} {row['code']}: {row['says']}; {', '.join(counts)}{named}"
