"""Removes for ever the records of a type that is no longer configured."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from crm_config.live import live
from records.errors import Forbidden
from records.management.confirming import ConfirmedCommand
from records.purge import types
from records.purge.jobs import TYPE


class Command(ConfirmedCommand):
    help = (
        "Remove for ever the records of a removed type, with history and links: `purge_type fair`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("type", metavar="TYPE")

    def handle(self, *args: Any, type: str, yes: bool, **options: Any) -> None:
        try:
            found = types.find(type, snapshot=live())
        except Forbidden as refusal:
            raise CommandError(refusal.message) from refusal
        held = types.amount(found)
        what = f"{type}: {held.records} records, {held.links} links to them, {held.events} events."
        self.confirm(what, type, yes=yes)
        self.run(TYPE, {"type": type})
