"""Pages, questions and ends that nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import Condition, ConditionInvalid, parse
from crm_config.definitions import Snapshot
from crm_config.problems import Problem
from forms_builder.engine.logic import context
from surveys.definitions import JumpDef, SurveyDef

#: The place after the last page, where the end is chosen by conditions.
LAST = ""


def edges(survey: SurveyDef, always: Mapping[int, bool | None]) -> Iterator[tuple[str, str]]:
    """From each page to those that can come next. `always` says of jumps that hold always, or never."""
    pages = [page.key for page in survey.steps]
    for n, page in enumerate(pages):
        further = True
        for number, jump in enumerate(survey.jumps):
            if jump.after == page and further and always.get(number) is not False:
                yield page, jump.to
                further = not always.get(number)
        if further:
            yield page, pages[n + 1] if n + 1 < len(pages) else LAST


def reached(survey: SurveyDef, always: Mapping[int, bool | None]) -> set[str]:
    """Pages and ends of jumps to which a way leads from the first page."""
    ways: dict[str, list[str]] = {}
    for start, to in edges(survey, always):
        ways.setdefault(start, []).append(to)
    found, todo = set[str](), [survey.steps[0].key]
    while todo:
        at = todo.pop()
        if at not in found:
            found.add(at)
            todo += ways.get(at, [])
    return found


def dead(survey: SurveyDef, snapshot: Snapshot, path: tuple[str, ...]) -> Iterator[Problem]:
    where = context(survey.form, snapshot)

    def perhaps(raw: Any) -> Condition | None:
        try:
            return None if raw is None else parse(raw, where)
        except ConditionInvalid:
            return None

    def settled(jump: JumpDef) -> bool | None:
        condition = perhaps(jump.when)
        return True if jump.when is None else condition.constant if condition else None

    found = reached(survey, {n: settled(jump) for n, jump in enumerate(survey.jumps)})
    for page in survey.steps:
        if page.key not in found or _never(perhaps(page.shown_when)):
            message = _("No way leads to this page: everybody jumps over it, or it is never shown.")
            yield Problem((*path, "steps", page.key), message)
    yield from _ends(survey, found, path)
    yield from _questions(survey, perhaps, path)


def _never(condition: Condition | None) -> bool:
    return condition is not None and condition.constant is False


def _ends(survey: SurveyDef, found: set[str], path: tuple[str, ...]) -> Iterator[Problem]:
    by_quota = {quota.then for quota in survey.quotas}
    waiting = LAST in found
    for end in survey.ends:
        if end.kind == "screened":
            led = bool(survey.quotas) and (end.key in by_quota or "" in by_quota)
        else:
            led = waiting
            waiting = waiting and end.when is not None
        if not led and end.key not in found:
            message = _("No way leads to this end page.")
            yield Problem((*path, "ends", end.key), message)


def _questions(survey: SurveyDef, perhaps: Any, path: tuple[str, ...]) -> Iterator[Problem]:
    """A question that asks for what is answered on a later page would never be seen on the way."""
    order = {item.key: n for n, page in enumerate(survey.form.steps) for item in page.items}
    hidden = {item.key for item in survey.questions.values() if item.kind == "hidden"}
    for page in survey.form.steps:
        for key, raw in (("", page.shown_when), *((i.key, i.shown_when) for i in page.items)):
            condition = perhaps(raw)
            place = (*path, "items", key) if key else (*path, "steps", page.key)
            if key and _never(condition):
                yield Problem(place, _("This question is never shown."))
            here = order.get(key, min((order[i.key] for i in page.items), default=0))
            for asked in sorted({p[3] for p in condition.references()}) if condition else ():
                if asked not in hidden and order.get(asked, 0) > here:
                    message = _("It asks for “%(key)s”, which comes later.") % {"key": asked}
                    yield Problem(place, message)
