"""The preview: the working copy's survey as people will see it, page by page, to its end."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpResponse
from django.utils.translation import gettext as _

from crm_config import labels
from forms_builder.definitions import FormDef, StepDef
from forms_builder.engine.logic import Broken
from forms_builder.studio.trying import Trying
from forms_builder.views.studio import preview
from records.asker import access_of
from surveys.definitions import SurveyDef, surveys_of
from surveys.flow.compiling import Flow, compiled
from surveys.flow.ends import answers_in, end_of
from surveys.studio.trying import SurveyTrying, finished_parts, visit_of
from surveys.studio.views.base import OfSurvey


class PreviewView(OfSurvey, preview.PreviewView):
    template_name = "surveys/studio/preview.html"
    here = "preview"


class FrameView(preview.FrameView):
    of = OfSurvey.of
    header_icon = OfSurvey.header_icon
    templates = "surveys/studio"

    @cached_property
    def whole(self) -> SurveyDef:
        assert self.definition
        survey = surveys_of(self.snapshot)[self.row.key]
        return finished_parts(survey, self.copy.draft)

    @cached_property
    def flow(self) -> Flow:
        if not self.whole.steps:
            raise Broken([])
        return compiled(self.whole)

    @cached_property
    def form(self) -> FormDef:
        return self.flow.form if self.whole.steps else self.whole.form

    def begun(self) -> Trying:
        found = SurveyTrying(
            self.form,
            self.snapshot,
            self.language,
            asker=access_of(self.request),
            visit=visit_of(self.whole),
        )
        found.begin({})
        return found

    def went(self, trying: Trying, step: StepDef, wanted: str) -> HttpResponse:
        if wanted.startswith("lang:"):
            return self.shown(trying)
        return super().went(trying, step, wanted)

    def progress(self, step: StepDef, steps: list[StepDef]) -> str:
        number = next(n for n, each in enumerate(steps, 1) if each.key == step.key)
        return _("Page %(number)s of %(count)s") % {"number": number, "count": len(steps)}

    def sent(self, trying: Trying) -> HttpResponse:
        states = trying.states()
        answers = answers_in(trying.logic, states, trying.context)
        end = end_of(self.flow, states, answers, self.snapshot)
        message = trying.say(labels.text(end.text)) or _("Thank you for your answers.")
        button = trying.say(labels.text(end.button)) or _("Go on")
        about = {"url": end.url, "button": button}
        title = trying.say(end.label) or _("Thank you")
        return self.page("frame_told", message=message, title=title, sent=True, **about)
