"""The surveys of the working copy with what people want to know of each at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.working_copy.reading import WorkingCopy
from forms_builder.public.filling import is_question
from forms_builder.public.opening import moment_of
from records.access import Access
from surveys.definitions import SECTION, SurveyDef, survey_of, surveys_of
from surveys.flow.compiling import flow_of


@dataclass(frozen=True)
class SurveyRow:
    """`running`: it can be answered once people have an address; `shut` says why it cannot at the moment."""

    survey: SurveyDef
    questions: int
    published: bool
    changed: bool
    running: bool = False
    shut: str = ""
    uses: int = 0


@dataclass(frozen=True)
class Group:
    label: str
    type: TypeDef | None
    rows: list[SurveyRow]


def row_of(survey: SurveyDef, copy: WorkingCopy, live: Snapshot) -> SurveyRow:
    """Open or closed is what the published survey is."""
    running = survey_of(live, survey.key)
    return SurveyRow(
        survey=survey,
        questions=sum(is_question(item) for page in survey.steps for item in page.items),
        published=survey.key in surveys_of(live),
        changed=copy.changed((SECTION, survey.key)),
        running=running is not None,
        shut=shut(running, live) if running else "",
        uses=len(copy.users_of((SECTION, survey.key))),
    )


def shut(survey: SurveyDef, live: Snapshot) -> str:
    access, form = Access(snapshot=live), flow_of(survey, live).form
    opens, closes = (moment_of(form, name, access) for name in ("opens", "closes"))
    if opens is not None and access.now < opens:
        return _("It is not open yet.")
    return _("It is closed.") if closes is not None and access.now >= closes else ""


def grouped(copy: WorkingCopy, live: Snapshot) -> list[Group]:
    """By record type, in the order of the menu; archived ones last in each."""
    types = copy.draft.snapshot.types
    surveys = surveys_of(copy.draft.snapshot).values()
    found: dict[str, list[SurveyRow]] = {key: [] for key in types}
    for survey in sorted(surveys, key=lambda s: (s.retired, s.label.casefold())):
        found.setdefault(survey.type, []).append(row_of(survey, copy, live))
    return [
        Group(types[key].plural_label if key in types else key, types.get(key), rows)
        for key, rows in found.items()
        if rows
    ]
