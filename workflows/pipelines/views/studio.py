"""Pipelines in the studio: the drawing, the stages, the ways between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import HeaderButton

from crm_config.definitions import TypeDef
from crm_config.errors import InUse
from crm_config.models import RecordType
from crm_config.references import Reference
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from crm_config.views.types import OfType
from crm_config.words import Vocabulary
from crm_config.words.segments import in_words
from crm_config.working_copy.reading import WorkingCopy
from workflows.models import Pipeline
from workflows.pipelines import working_copy as changing
from workflows.pipelines.compiling import compiled
from workflows.pipelines.definitions import PipelineDef, StageDef, TransitionDef
from workflows.pipelines.diagram import Diagram, drawn
from workflows.pipelines.forms import (
    MEANINGS,
    PipelineForm,
    RetireStageForm,
    StageForm,
    TransitionForm,
)
from workflows.pipelines.live import SECTION
from workflows.pipelines.machine import dead_ends, unreachable
from workflows.pipelines.starters import first_stages
from workflows.pipelines.working_copy import STAGES, TRANSITIONS


def definition_of(row: Pipeline) -> PipelineDef:
    raw = {
        name: getattr(row, name) for name in ("key", "labels", "description", STAGES, TRANSITIONS)
    }
    switches = {"no_skip": row.no_skip, "no_backward": row.no_backward}
    return compiled({**raw, **switches, "type": row.record_type, "condition": row.condition})


def diagram_of(pipeline: PipelineDef) -> Diagram:
    lost = {s.key for s in unreachable(pipeline)} if pipeline.active else set()
    return drawn(pipeline, lost, {s.key for s in dead_ends(pipeline)})


@dataclass(frozen=True)
class Row:
    pipeline: Pipeline
    definition: PipelineDef
    changed: bool


class PipelinesTab(Component):
    """The pipelines of a type, on its page."""

    template_name = "workflows/pipelines/studio/tab.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record_type: RecordType = parent_context["record_type"]
        copy: WorkingCopy = parent_context["copy"]
        rows = [
            Row(row, definition_of(row), copy.changed(changing.path_of(row)))
            for row in changing.pipelines_of_type(record_type.key)
        ]
        return {"record_type": record_type, "rows": rows}


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


def pipeline_url(pipeline: Pipeline) -> str:
    return reverse("pipelines_studio:pipeline", args=[pipeline.key])


class OfPipeline:
    """Screens of one pipeline, named by its key in the address."""

    kwargs: dict[str, Any]
    copy: WorkingCopy
    header_icon = "kanban"

    @cached_property
    def pipeline(self) -> Pipeline:
        return get_object_or_404(Pipeline, key=self.kwargs["pipeline"])

    @cached_property
    def definition(self) -> PipelineDef:
        return definition_of(self.pipeline)

    @cached_property
    def record_type(self) -> TypeDef:
        try:
            return self.copy.draft.snapshot.types[self.pipeline.record_type]
        except KeyError as error:
            raise Http404 from error

    @property
    def type_url(self) -> str:
        return reverse("studio:type", args=[self.record_type.key]) + "#tab-pipelines"

    def trail(self) -> Trail:
        return [(self.record_type.label, self.type_url)]


class InPipeline(OfPipeline):
    """Screens below a pipeline's own."""

    def trail(self) -> Trail:
        return [*super().trail(), (self.pipeline.label, pipeline_url(self.pipeline))]

    def get_success_url(self) -> str:
        return pipeline_url(self.pipeline)


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


# -- stages ---------------------------------------------------------------------------------------


class _StageForm(InPipeline, StudioFormView):
    template_name = "workflows/pipelines/studio/form.html"
    form_class = StageForm
    known: Any = None

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {
            **kwargs,
            "languages": self.languages,
            "taken": changing.stage_keys(self.pipeline.record_type),
            "known": self.known,
            "record_type": self.record_type,
        }

    def form_valid(self, form: StageForm) -> HttpResponse:
        changing.put(self.pipeline, STAGES, form.raw)
        return self.done(_("The stage was saved."))


class AddStageView(_StageForm):
    page_title = gettext_lazy("New stage")
    submit_label = gettext_lazy("Add stage")


class OfStage(InPipeline):
    @cached_property
    def known(self) -> dict[str, Any]:
        found = changing.find(self.pipeline, STAGES, self.kwargs["stage"])
        if found is None:
            raise Http404
        return found

    @property
    def stage(self) -> StageDef:
        return self.definition.by_key[self.known["key"]]


class StageView(OfStage, _StageForm):
    def get_page_title(self) -> str:
        return self.stage.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = [self.pipeline.key, self.stage.key]
        path = (SECTION, self.pipeline.key, STAGES, self.stage.key)
        return super().get_context_data(
            stage=self.stage,
            published=self.copy.is_published(path),
            retire_url=reverse("pipelines_studio:retire_stage", args=names),
            remove_url=reverse("pipelines_studio:remove_stage", args=names),
            **kwargs,
        )


class ShiftStageView(OfStage, StudioFormView):
    """One place earlier or later."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by = -1 if request.POST.get("way") == "up" else 1
        changing.shift(self.pipeline, STAGES, self.known["key"], by)
        return HttpResponseRedirect(self.get_success_url())


class RemoveStageView(OfStage, StudioFormView):
    """One that was never published: nothing is in it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        path = (SECTION, self.pipeline.key, STAGES, self.known["key"])
        if self.copy.is_published(path):
            messages.error(request, _("It is published already: let its records go elsewhere."))
            return HttpResponseRedirect(self.get_success_url())
        changing.remove_stage(self.pipeline, self.known["key"])
        return self.done(_("The stage was removed."))


class RetireStageView(OfStage, StudioFormView):
    """Where its records go; or, once retired, back into use."""

    form_class = RetireStageForm
    submit_label = gettext_lazy("Take no more records")

    def get_page_title(self) -> str:
        return _("Close the stage %(name)s") % {"name": self.stage.label}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [(s.key, s.label) for s in self.definition.active if s.key != self.stage.key]
        return {**super().get_form_kwargs(), "stages": others}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.stage.retired:
            changing.restore_stage(self.pipeline, self.stage.key)
            return self.done(_("The stage is in use again."))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: RetireStageForm) -> HttpResponse:
        moved_to = form.cleaned_data["moved_to"]
        changing.retire_stage(self.pipeline, self.stage.key, moved_to=moved_to)
        return self.done(_("The stage takes no more records once this is published."))


# -- transitions ----------------------------------------------------------------------------------


class _TransitionForm(InPipeline, StudioFormView):
    template_name = "workflows/pipelines/studio/form.html"
    form_class = TransitionForm
    known: Any = None

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {
            **kwargs,
            "languages": self.languages,
            "taken": {t["key"] for t in self.pipeline.transitions},
            "known": self.known,
            "stages": [(s.key, s.label) for s in self.definition.active],
            "record_type": self.record_type,
            "snapshot": self.copy.draft.snapshot,
            "user": self.user,
        }

    def form_valid(self, form: TransitionForm) -> HttpResponse:
        changing.put(self.pipeline, TRANSITIONS, form.raw)
        return self.done(_("The move was saved."))


class AddTransitionView(_TransitionForm):
    page_title = gettext_lazy("New move")
    submit_label = gettext_lazy("Add move")


class TransitionView(_TransitionForm):
    @cached_property
    def known(self) -> dict[str, Any]:
        found = changing.find(self.pipeline, TRANSITIONS, self.kwargs["transition"])
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        transition = next(t for t in self.definition.transitions if t.key == self.known["key"])
        return transition.label or transition.key

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = [self.pipeline.key, self.known["key"]]
        url = reverse("pipelines_studio:remove_transition", args=names)
        return super().get_context_data(remove_url=url, **kwargs)


class RemoveTransitionView(InPipeline, StudioFormView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        changing.remove_transition(self.pipeline, self.kwargs["transition"])
        return self.done(_("The move was removed."))
