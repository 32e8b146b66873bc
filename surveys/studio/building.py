"""Surveys, as the screens of the form builder build them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm_config.compiler import Draft
from crm_config.definitions import Snapshot
from crm_config.live import live
from crm_config.sections.base import Path
from crm_config.working_copy.reading import WorkingCopy
from forms_builder.definitions import FormDef
from forms_builder.studio.arrangement import Raw, Steps
from forms_builder.studio.building import Building
from forms_builder.studio.palette import Shelf
from surveys.definitions import SECTION, surveys_of
from surveys.models import Survey
from surveys.studio import palette, working_copy
from surveys.studio.canvas import SurveyCanvas
from surveys.studio.listing import row_of


class SurveyBuilding(Building):
    space = "survey_studio"
    section = SECTION
    model = Survey
    icon = "order"
    plural: Any = _("Surveys")
    templates = "surveys/studio"
    look = "surveys/studio/look.html"
    #: All of them are named below the bar.
    buttons = ()

    def definitions(self, snapshot: Snapshot) -> Mapping[str, FormDef]:
        return {key: survey.form for key, survey in surveys_of(snapshot).items()}

    def canvas(self, key: str, draft: Draft) -> SurveyCanvas:
        return SurveyCanvas(surveys_of(draft.snapshot)[key], draft)

    def info(self, key: str, copy: WorkingCopy) -> Any:
        return row_of(surveys_of(copy.draft.snapshot)[key], copy, live())

    def shelves(self, form: FormDef, snapshot: Snapshot) -> list[Shelf]:
        return palette.shelves()

    def made(self, value: str, form: FormDef, snapshot: Snapshot, languages: Sequence[str]) -> Raw:
        return palette.made(value, form, languages)

    def history_key(self, key: str) -> str:
        return f"{SECTION}.{key}"

    def state(self, row: Survey) -> Any:
        return working_copy.state_of(row)

    def change(self, row: Survey, change: Callable[[Any], Any]) -> tuple[Any, Any]:
        return working_copy.change_state(row, change)

    def change_steps(self, row: Survey, change: Callable[[Steps], Steps]) -> tuple[Any, Any]:
        return self.change(row, lambda state: {**state, "steps": change(state["steps"])})


SURVEYS = SurveyBuilding()


def screen(path: Path) -> str:
    """Where what a path of the configuration names is changed."""
    if path[1:]:
        return reverse("survey_studio:form", args=[path[1]])
    return reverse("survey_studio:all")
