"""What `manage.py pack` takes and prints."""

import json
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from crm_config.diff import Difference
from crm_config.models import ConfigSnapshot, User
from crm_config.problems import Problem

SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": "↕"}
LONGEST = 60


def user(name: str | None) -> User | None:
    """The person in whose name something is published."""
    if not name:
        return None
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": name}) from None


def difference_line(difference: Difference) -> str:
    line = f"{SIGNS[difference.kind]} {' › '.join(difference.path)}"
    if difference.kind != "changed":
        return line
    return f"{line}: {_short(difference.before)} → {_short(difference.after)}"


def _short(value: Any) -> str:
    text = "–" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def difference_json(difference: Difference) -> dict[str, Any]:
    return {
        "kind": difference.kind,
        "path": difference.path,
        "before": difference.before,
        "after": difference.after,
    }


def problem_lines(problems: list[Problem]) -> list[str]:
    """The problems under the object they are about."""
    lines: list[str] = []
    place: tuple[str, ...] | None = None
    for problem in sorted(problems, key=lambda p: p.path):
        if problem.path != place:
            place = problem.path
            lines.append(" › ".join(place) or _("The whole file"))
        mark = _("warning: ") if problem.warning else ""
        lines.append(f"    {mark}{problem.message}")
    return lines


def problem_json(problem: Problem) -> dict[str, Any]:
    return {"path": problem.path, "message": str(problem.message), "warning": problem.warning}


def version_line(row: ConfigSnapshot) -> str:
    moment = row.created_at.strftime("%Y-%m-%d %H:%M")
    who = row.author or "–"
    back = (
        _(" (back to v%(version)s)") % {"version": row.rolled_back_to} if row.rolled_back_to else ""
    )
    return f"v{row.version:<5}{moment}  {who}{back}  {row.reason}".rstrip()


def version_json(row: ConfigSnapshot) -> dict[str, Any]:
    return {
        "version": row.version,
        "published": row.created_at.isoformat(),
        "author": row.author.get_username() if row.author else None,
        "approved_by": row.approved_by.get_username() if row.approved_by else None,
        "rolled_back_to": row.rolled_back_to,
        "reason": row.reason,
        "digest": row.digest,
    }
