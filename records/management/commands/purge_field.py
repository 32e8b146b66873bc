"""Removes for ever the data of a field that is no longer configured."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from crm_config.live import live
from records.errors import Forbidden
from records.management.confirming import ConfirmedCommand
from records.purge import fields
from records.purge.jobs import FIELD


class Command(ConfirmedCommand):
    help = (
        "Remove for ever the data of a removed field, history included: `purge_field deal budget`. "
        "With --left-behind, what a field that changed its kind left in its former form."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("type", metavar="TYPE")
        parser.add_argument("key", metavar="FIELD")
        parser.add_argument("--left-behind", action="store_true")

    def handle(
        self, *args: Any, type: str, key: str, left_behind: bool, yes: bool, **options: Any
    ) -> None:
        try:
            found = fields.find(type, key, snapshot=live(), left_behind=left_behind)
        except Forbidden as refusal:
            raise CommandError(refusal.message) from refusal
        held = fields.amount(found)
        what = f"{type}.{key}: {held.records} records, {held.links} links, {held.events} events."
        self.confirm(what, key, yes=yes)
        self.run(FIELD, {"type": type, "key": key, "left_behind": left_behind})
