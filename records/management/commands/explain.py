"""Why somebody may do something, or may not, with a record or a type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm_config.definitions import ACTIONS, TypeDef
from records.access import Access
from records.errors import NotVisible
from records.explain import Part, explain
from records.models import Record
from records.selectors.explaining import record_about, subject, type_about


class Command(BaseCommand):
    help = "Explain access: `explain ioana change deal/12` (the record's number within its type, or its id)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", metavar="USER")
        parser.add_argument("action", choices=ACTIONS, metavar="ACTION")
        parser.add_argument("about", metavar="TYPE[/ID]")
        parser.add_argument("--stage", default="", help="Of transition: only the move to it.")
        parser.add_argument("--field", default="", help="Of view and change: only this field.")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self,
        *args: Any,
        user: str,
        action: str,
        about: str,
        stage: str,
        field: str,
        as_json: bool,
        **options: Any,
    ) -> None:
        viewer = Access.system()
        try:
            access = subject(user, viewer=viewer)
            found = explain(
                access, action, _about(about, viewer), viewer=viewer, to=stage, field=field
            )
        except NotVisible as error:
            raise CommandError(f"There is no {error}.") from error
        if as_json:
            self.stdout.write(json.dumps(found.json(), ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{_mark(found.verdict)} {found.words}")
        for part in (*found.parts, *found.further):
            for line in _lines(part, 1):
                self.stdout.write(line)
        for remedy in found.remedies:
            self.stdout.write(f"It would take: {remedy.words}")


def _about(text: str, viewer: Access) -> Record | TypeDef:
    key, slash, number = text.partition("/")
    record_type = type_about(key, viewer=viewer)
    if not slash:
        return record_type
    if not (number.isascii() and number.isdigit()):
        raise NotVisible(text)
    pk = int(number)
    return record_about(
        pk if pk >= record_type.first_id else record_type.first_id + pk, viewer=viewer
    )


def _mark(verdict: bool) -> str:
    return "yes" if verdict else "no "


def _lines(part: Part, depth: int) -> Iterator[str]:
    saw = f" ({part.saw})" if part.saw else ""
    yield f"{'  ' * depth}{_mark(part.verdict)} {part.words}{saw}"
    for inner in part.parts:
        yield from _lines(inner, depth + 1)
