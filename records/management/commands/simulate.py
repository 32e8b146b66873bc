"""Tries the working copy on live records: `manage.py simulate [--json]`. Changes nothing."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm_config.errors import ConfigError
from crm_config.problems import ConfigurationInvalid
from records.access import Access
from records.models import Simulation
from records.simulation.services import start
from records.simulation.shown import references, rights, segments, sight, validity


class Command(BaseCommand):
    help = (
        "Tell what publishing the working copy would do to the live records and to who sees what."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="for programs")

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        try:
            simulation = start(user=None, inline=True)
        except (ConfigError, ConfigurationInvalid) as refusal:
            raise CommandError(str(refusal)) from refusal
        if simulation.state != Simulation.State.DONE:
            raise CommandError(simulation.error or "The simulation did not come to its end.")
        if as_json:
            said = {
                "live_version": simulation.live_version,
                "digest": simulation.digest,
                **simulation.figures,
            }
            self.stdout.write(json.dumps(said, indent=1, ensure_ascii=False))
        else:
            self._tell(simulation)

    def _tell(self, simulation: Simulation) -> None:
        access, result = Access.system(), simulation.figures
        for fits in validity.shown(result["validity"], simulation, access):
            self.stdout.write(f"{fits.place}: {fits.message}")
        for line in sight.shown(result["sight"], simulation, access).lines:
            self.stdout.write(line.said)
        for row in rights.shown(result["rights"], simulation, access).roles:
            told = "; ".join(f"{text} {names}".strip() for text, names in row.changes)
            self.stdout.write(f"{row.who}, {row.type}: {told}")
        for segment in segments.shown(result["segments"], simulation, access):
            self.stdout.write(f"{segment.name}: {segment.before} → {segment.after}")
        for lost in references.shown(result["references"], simulation, access):
            self.stdout.write(f"{lost.source} → {lost.target} ({lost.how})")
        if not any(_says_something(part) for part in result.values()):
            self.stdout.write("Nothing changes for records and people.")


def _says_something(part: Any) -> bool:
    return any(part.values()) if isinstance(part, dict) else bool(part)
