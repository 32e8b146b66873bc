"""Jumps compiled into conditions of the pages in between, so that the engine of forms and the browser follow them
as they follow any other condition.

Each jump becomes an item that nobody sees (`JumpItem`) on the page it starts from: true while its condition holds and
no earlier jump of the page was taken. A page is there while none of the jumps over it is taken. As jumps lead forward
alone, nothing can go in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from crm_config.definitions import Snapshot
from forms_builder.definitions import FormDef, FormSectionDef, ItemDef, StepDef, ValueRule
from forms_builder.engine.logic import Logic, logic_of
from forms_builder.public.filling import is_question
from surveys.definitions import CHANNEL, JumpDef, SurveyDef

ALWAYS: Mapping[str, Any] = {"all": []}
MEMO = "surveys.flows"
#: Settings that pages of forms know too.
SETTINGS = ("opens", "closes", "closed", "minutes", "resume", "privacy", "embed", "min_seconds")


@dataclass(frozen=True, eq=False)
class Flow:
    """`form` is what people fill in; `page_of` says of each of its steps which page of the survey it is part of."""

    survey: SurveyDef
    form: FormDef
    page_of: Mapping[str, str]

    @property
    def jumps(self) -> Iterator[tuple[str, JumpDef]]:
        """Each by the key of its item."""
        return ((marker(n), jump) for n, jump in enumerate(self.survey.jumps))


def marker(number: int) -> str:
    """No key of a question: those have no two underscores in a row."""
    return f"jump__{number}"


def flow_of(survey: SurveyDef, snapshot: Snapshot) -> Flow:
    known: dict[str, Flow] = snapshot.memo.setdefault(MEMO, {})
    if survey.key not in known or known[survey.key].survey is not survey:
        known[survey.key] = compiled(survey)
    return known[survey.key]


def flow_logic(survey: SurveyDef, snapshot: Snapshot) -> Logic:
    """Raises `Broken`."""
    return logic_of(flow_of(survey, snapshot).form, snapshot)


def compiled(survey: SurveyDef) -> Flow:
    steps: list[StepDef] = []
    page_of: dict[str, str] = {}
    pages = [page.key for page in survey.form.steps]
    for page in survey.form.steps:
        shown = _together(page.shown_when, _passed_over(survey, pages, page.key))
        parts = list(_parts(page)) if survey.settings.get("one_per_page") else [page]
        parts[-1] = _with_jumps(parts[-1], survey, page.key)
        for part in parts:
            steps.append(replace(part, shown_when=shown))
            page_of[part.key] = page.key
    form = FormDef(
        # Not the key of a form: what is kept by it must not be mistaken for that of one.
        key=f"survey.{survey.key}",
        type=survey.type,
        steps=tuple(steps),
        labels=survey.labels,
        intro=survey.intro,
        submit=survey.submit,
        channel=CHANNEL,
        settings={
            # One click may be a whole answer.
            "min_seconds": 0,
            **{key: survey.settings[key] for key in SETTINGS if key in survey.settings},
        },
    )
    return Flow(survey, form, page_of)


def _passed_over(survey: SurveyDef, pages: list[str], page: str) -> list[Any]:
    """That no jump leads over the page."""
    at = pages.index(page)
    return [
        {"not": {"field": marker(n), "op": "is_true"}}
        for n, jump in enumerate(survey.jumps)
        if jump.after in pages[:at] and (jump.to not in pages or pages.index(jump.to) > at)
    ]


def _together(own: Any, others: list[Any]) -> Any:
    if not others:
        return own
    return {"all": [own, *others] if own is not None else others}


def _with_jumps(step: StepDef, survey: SurveyDef, page: str) -> StepDef:
    """Of the page's jumps, the first whose condition holds is taken."""
    items: list[ItemDef] = []
    for n, jump in enumerate(survey.jumps):
        if jump.after != page:
            continue
        earlier = [{"not": {"field": each.key, "op": "is_true"}} for each in items]
        when = _together(jump.when, earlier)
        rule = ValueRule(ALWAYS if when is None else when, True)
        items.append(ItemDef(key=marker(n), kind="jump", value_set_when=(rule,)))
    if not items:
        return step
    section = FormSectionDef("jumps__", tuple(items))
    return replace(step, sections=(*step.sections, section))


def _parts(page: StepDef) -> Iterator[StepDef]:
    """One question each, with the texts before it and what comes along with it; texts after the last one stand
    with it."""
    groups: list[list[ItemDef]] = [[]]
    asked = False
    for item in page.items:
        if asked and not _along(item, groups[-1]):
            groups.append([])
            asked = False
        groups[-1].append(item)
        asked = asked or is_question(item)
    if len(groups) > 1 and not any(map(is_question, groups[-1])):
        last = groups.pop()
        groups[-1] += last
    for n, group in enumerate(groups):
        key = page.key if not n else f"{page.key}.{n}"
        yield StepDef(key, (FormSectionDef("main", tuple(group)),), page.labels)


def _along(item: ItemDef, group: Iterable[ItemDef]) -> bool:
    """Whether it is only there because of one of these."""
    return any(item.key == f"{each.key}_other" and each.options.get("other") for each in group)
