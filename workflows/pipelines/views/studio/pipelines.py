"""A pipeline as a whole: added, drawn, set, archived, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from crm_config.errors import InUse
from crm_config.references import Reference
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from crm_config.views.types import OfType
from crm_config.words import Vocabulary
from crm_config.words.segments import in_words
from workflows.models import Pipeline
from workflows.pipelines import working_copy as changing
from workflows.pipelines.definitions import PipelineDef, StageDef, TransitionDef
from workflows.pipelines.diagram import Diagram, drawn
from workflows.pipelines.forms import (
    MEANINGS,
    PipelineForm,
)
from workflows.pipelines.machine import dead_ends, unreachable
from workflows.pipelines.starters import first_stages
from workflows.pipelines.views.studio.base import InPipeline, OfPipeline, pipeline_url


class AddPipelineView(OfType, StudioFormView):
    template_name = "workflows/pipelines/studio/form.html"
    form_class = PipelineForm
    page_title = gettext_lazy("New pipeline")
    header_icon = "kanban"
    submit_label = gettext_lazy("Add pipeline")

    def trail(self) -> Trail:
        return [(self.record_type.label, self.get_success_url())]

    def get_success_url(self) -> str:
        return f"{self.type_url}#tab-pipelines"

    def get_form_kwargs(self) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        return {
            **super().get_form_kwargs(),
            "languages": self.languages,
            "taken": set(Pipeline.objects.values_list("key", flat=True)),
            "record_type": snapshot.types[self.record_type.key],
            "snapshot": snapshot,
            "user": self.user,
        }

    def form_valid(self, form: PipelineForm) -> HttpResponse:
        stages = first_stages(changing.stage_keys(self.record_type.key), self.languages)
        pipeline = changing.add_pipeline(
            self.record_type.key, key=form.key, values=form.values, stages=stages
        )
        message = _("The pipeline %(name)s was added. Give it the stages it needs, then publish.")
        return self.done(message % {"name": pipeline.label}, pipeline_url(pipeline))


def diagram_of(pipeline: PipelineDef) -> Diagram:
    lost = {s.key for s in unreachable(pipeline)} if pipeline.active else set()
    return drawn(pipeline, lost, {s.key for s in dead_ends(pipeline)})


@dataclass(frozen=True)
class TransitionRow:
    transition: TransitionDef
    sources: str
    target: str
    roles: str
    guard: str


class PipelineView(OfPipeline, StudioView):
    template_name = "workflows/pipelines/studio/pipeline.html"

    def get_page_title(self) -> str:
        return self.pipeline.label

    def get_header_buttons(self) -> list[Any]:
        url = reverse("pipelines_studio:settings", args=[self.pipeline.key])
        return [HeaderButton(_("Settings"), url=url, icon_name="cog")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pipeline = self.definition
        words = ""
        if self.pipeline.condition:
            vocabulary = Vocabulary.of(self.copy.payload)
            words = in_words(self.pipeline.condition, self.record_type.key, vocabulary)
        return super().get_context_data(
            pipeline=self.pipeline,
            definition=pipeline,
            diagram=diagram_of(pipeline) if pipeline.active else None,
            unreachable=unreachable(pipeline) if pipeline.active else [],
            dead_ends=dead_ends(pipeline),
            meanings=dict(MEANINGS),
            transitions=[self._row(t) for t in pipeline.transitions],
            stage_rows=[self._stage(s) for s in pipeline.stages],
            condition=words,
            used_by=self.uses(self.copy.users_of(changing.path_of(self.pipeline))),
            record_type=self.record_type,
            **kwargs,
        )

    def _stage(self, stage: StageDef) -> dict[str, Any]:
        fields = self.record_type.all_fields
        needs = [fields[key].label for key in stage.entry if key in fields]
        return {"stage": stage, "means": dict(MEANINGS)[stage.meaning], "needs": ", ".join(needs)}

    def _row(self, transition: TransitionDef) -> TransitionRow:
        stages, snapshot = self.definition.by_key, self.copy.draft.snapshot
        sources = [stages[key].label for key in transition.sources if key in stages]
        roles = [
            snapshot.roles[key].label for key in sorted(transition.roles) if key in snapshot.roles
        ]
        vocabulary = Vocabulary.of(self.copy.payload)
        guard = transition.guard
        return TransitionRow(
            transition,
            ", ".join(sources) or _("every stage"),
            stages[transition.to].label if transition.to in stages else transition.to,
            ", ".join(roles),
            in_words(guard, self.record_type.key, vocabulary) if guard else "",
        )


class SettingsView(InPipeline, StudioFormView):
    template_name = "workflows/pipelines/studio/form.html"
    form_class = PipelineForm

    def get_page_title(self) -> str:
        return _("Settings")

    def get_form_kwargs(self) -> dict[str, Any]:
        names = ("key", "labels", "description", "condition", "order", "no_skip", "no_backward",
                 "anywhere_by_import", "from_field")  # fmt: skip
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {
            **kwargs,
            "languages": self.languages,
            "known": {name: getattr(self.pipeline, name) for name in names},
            "record_type": self.record_type,
            "snapshot": self.copy.draft.snapshot,
            "user": self.user,
        }

    def form_valid(self, form: PipelineForm) -> HttpResponse:
        changing.change_pipeline(self.pipeline, form.values)
        return self.done(_("The pipeline %(name)s was saved.") % {"name": self.pipeline.label})


class ArchivePipelineView(InPipeline, StudioFormView):
    """By a button, both ways: nothing is lost."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        archived = not self.pipeline.retired
        changing.archive_pipeline(self.pipeline, archived=archived)
        message = (
            _("The pipeline %(name)s was archived.")
            if archived
            else _("The pipeline %(name)s is in use again.")
        )
        return self.done(message % {"name": self.pipeline.label})


class DeletePipelineView(InPipeline, ConfirmView):
    confirm_label = gettext_lazy("Delete pipeline")

    def get_page_title(self) -> str:
        return _("Delete the pipeline %(name)s?") % {"name": self.pipeline.label}

    @cached_property
    def blocking(self) -> list[Reference]:
        return [r for r in self.copy.users_of(changing.path_of(self.pipeline)) if not r.weak]

    def explanation(self) -> Sequence[str]:
        return [
            _(
                "Once this is published, its records have no stage any more; which stage they had stays in "
                "their history. If you are not sure, archive it instead."
            )
        ]

    def perform(self, form: Any) -> HttpResponse:
        name, url = self.pipeline.label, self.type_url
        try:
            changing.delete_pipeline(self.pipeline, self.copy)
        except InUse as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.get_success_url())
        return self.done(_("The pipeline %(name)s was deleted.") % {"name": name}, url)
