"""`manage.py pack …`: the configuration as files, and its publication, from the command line.

Leaves with 0 when all is well, with 1 when something was refused or found.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from crm_config import packs, payload, publication
from crm_config.diff import Difference, diff
from crm_config.errors import ConfigError, NothingToPublish
from crm_config.management.packing import (
    difference_json,
    difference_line,
    problem_json,
    problem_lines,
    user,
    version_json,
    version_line,
)
from crm_config.models import ConfigSnapshot
from crm_config.problems import ConfigurationInvalid
from crm_config.schema import payload_schema

ACTIONS = {
    "list": "List the packs that come with the product.",
    "export": "Write the working copy, or a published version, as a file.",
    "import": "Put a pack, and those it builds on, into the working copy.",
    "diff": "Show what differs: published and working copy, two versions, or what a pack would change.",
    "check": "Tell what stands in the way of publishing the working copy, or of importing a pack.",
    "publish": "Publish the working copy.",
    "rollback": "Publish an older version again; the working copy becomes it.",
    "versions": "List what was published.",
    "schema": "Print the JSON Schema of packs.",
}


class Command(BaseCommand):
    help = "Configuration as files: export, import, compare, check, publish, roll back."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        one = {
            name: actions.add_parser(name, help=text, description=text)
            for name, text in ACTIONS.items()
        }
        one["export"].add_argument(
            "file", nargs="?", default="-", help="Where to; “-” is the screen."
        )
        one["export"].add_argument(
            "--version", type=int, dest="number", help="A published version."
        )
        one["export"].add_argument(
            "--type", action="append", dest="types", help="Only this record type."
        )
        one["export"].add_argument("--key", help="Make it a pack of this key.")
        one["export"].add_argument(
            "--requires", action="append", default=[], help="A pack it builds on."
        )
        for name in ("import", "check"):
            one[name].add_argument(
                "pack",
                nargs="?" if name == "check" else None,
                help="A file, or the name of a shipped pack.",
            )
        one["import"].add_argument(
            "--dry-run", action="store_true", help="Only show what it would change."
        )
        one["import"].add_argument("--publish", action="store_true", help="Publish at once.")
        for name in ("import", "diff", "check"):
            one[name].add_argument(
                "--replace",
                action="store_true",
                help="The working copy becomes the pack and nothing else.",
            )
        one["diff"].add_argument(
            "sides", nargs="*", metavar="side", help="A pack, or one or two versions."
        )
        one["rollback"].add_argument("number", type=int, metavar="version")
        for name in ("import", "publish", "rollback"):
            one[name].add_argument("--reason", default="", help="Why, for the list of versions.")
            one[name].add_argument("--user", help="In whose name.")
            one[name].add_argument(
                "--approved-by", help="The second person, where one is asked for."
            )
        for name in ("diff", "check", "versions"):
            one[name].add_argument(
                "--json", action="store_true", dest="as_json", help="For programs."
            )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{action}")(**options)
        except ConfigurationInvalid as error:
            raise CommandError("\n".join(problem_lines(error.problems))) from error
        except ConfigError as error:
            raise CommandError(str(error)) from error

    def do_list(self, **options: Any) -> None:
        for key in packs.shipped():
            pack = packs.read(key)
            after = f"  (+ {', '.join(pack.requires)})" if pack.requires else ""
            self.stdout.write(f"{key:<12}{pack.label}{after}")

    def do_export(
        self,
        file: str,
        number: int | None,
        types: list[str] | None,
        key: str | None,
        **options: Any,
    ) -> None:
        source = payload.dump() if number is None else publication.version(number).payload
        about = {"key": key, "requires": options["requires"]} if key else None
        content = packs.export(source, about=about, types=types)
        if file == "-":
            self.stdout.write(content.decode(), ending="")
            return
        Path(file).write_bytes(content)
        self.stdout.write(_("Written to %(file)s.") % {"file": file})

    def do_import(
        self, pack: str, *, replace: bool, dry_run: bool, publish: bool, **options: Any
    ) -> None:
        found = packs.read(pack)
        if dry_run:
            self._differences(packs.compare(found, replace=replace))
            return
        self._differences(packs.install(found, replace=replace))
        if publish:
            self.do_publish(**options)

    def do_diff(self, sides: list[str], *, as_json: bool, replace: bool, **options: Any) -> None:
        self._differences(_compared(sides, replace=replace), as_json=as_json)

    def do_check(self, pack: str | None, *, as_json: bool, replace: bool, **options: Any) -> None:
        candidate = packs.preview(packs.read(pack), replace=replace) if pack else payload.dump()
        problems = publication.check(candidate)
        if as_json:
            self._json([problem_json(problem) for problem in problems])
        else:
            self._lines(problem_lines(problems) or [_("Nothing stands in the way.")])
        if errors := [problem for problem in problems if not problem.warning]:
            raise CommandError(_("Problems: %(count)s.") % {"count": len(errors)})

    def do_publish(
        self, user: str | None, approved_by: str | None, reason: str, **options: Any
    ) -> None:
        try:
            row = publication.publish(reason=reason, **_people(user, approved_by))
        except NothingToPublish as nothing:
            self.stdout.write(str(nothing))
        else:
            self.stdout.write(_("Published as version %(version)s.") % {"version": row.version})

    def do_rollback(
        self, number: int, user: str | None, approved_by: str | None, reason: str, **options: Any
    ) -> None:
        row = publication.rollback(number, reason=reason, **_people(user, approved_by))
        self.stdout.write(
            _("Version %(old)s is published again, as version %(new)s.")
            % {"old": number, "new": row.version}
        )

    def do_versions(self, *, as_json: bool, **options: Any) -> None:
        rows = ConfigSnapshot.objects.defer("payload").select_related("author", "approved_by")
        if as_json:
            self._json([version_json(row) for row in rows])
        else:
            self._lines([version_line(row) for row in rows] or [_("Nothing was published yet.")])

    def do_schema(self, **options: Any) -> None:
        self._json(payload_schema())

    def _differences(self, differences: Iterable[Difference], *, as_json: bool = False) -> None:
        if as_json:
            self._json([difference_json(difference) for difference in differences])
        else:
            self._lines([difference_line(d) for d in differences] or [_("Nothing differs.")])

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def _json(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def _people(name: str | None, second: str | None) -> dict[str, Any]:
    people = {"user": user(name), "approved_by": user(second)}
    if people["approved_by"] is not None and people["approved_by"] == people["user"]:
        raise CommandError(_("Somebody else must approve."))
    return people


def _compared(sides: list[str], *, replace: bool) -> list[Difference]:
    """Live and working copy; a version and the live one; two versions; or what a pack would change."""
    if not sides:
        return publication.changes()
    if len(sides) == 1 and not sides[0].isdigit():
        return packs.compare(packs.read(sides[0]), replace=replace)
    if len(sides) > 2 or not all(side.isdigit() for side in sides):
        raise CommandError(_("Name one pack, or one or two versions."))
    before, *after = (publication.version(int(side)).payload for side in sides)
    return list(diff(before, after[0] if after else publication.live_payload()))
