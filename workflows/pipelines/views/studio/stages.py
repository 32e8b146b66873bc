"""The stages of a pipeline: added, changed, shifted, closed, removed."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from crm_config.references import option_path
from crm_config.views.base import StudioFormView
from crm_config.views.links import Use, uses
from crm_config.words import Vocabulary
from workflows.pipelines import working_copy as changing
from workflows.pipelines.definitions import StageDef
from workflows.pipelines.fields import STAGE
from workflows.pipelines.forms import (
    RetireStageForm,
    StageForm,
)
from workflows.pipelines.live import SECTION
from workflows.pipelines.views.studio.base import InPipeline
from workflows.pipelines.working_copy import STAGES


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

    @cached_property
    def used_by(self) -> list[Use]:
        """By what else, such as conditions, automations and forms."""
        path = option_path(self.pipeline.record_type, STAGE, self.known["key"])
        return uses(self.copy.users_of(path), Vocabulary.of(self.copy.payload))


class StageView(OfStage, _StageForm):
    def get_page_title(self) -> str:
        return self.stage.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = [self.pipeline.key, self.stage.key]
        path = (SECTION, self.pipeline.key, STAGES, self.stage.key)
        return super().get_context_data(
            stage=self.stage,
            used_by=self.used_by,
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
        if self.used_by:
            named = ", ".join(use.name for use in self.used_by)
            messages.error(
                request, _("It is in use, re-point this first: %(uses)s") % {"uses": named}
            )
            return HttpResponseRedirect(self.get_success_url())
        changing.remove_stage(self.pipeline, self.known["key"])
        return self.done(_("The stage was removed."))


class RetireStageView(OfStage, StudioFormView):
    """Where its records go; or, once retired, back into use."""

    template_name = "workflows/pipelines/studio/form.html"
    form_class = RetireStageForm
    submit_label = gettext_lazy("Take no more records")

    def get_page_title(self) -> str:
        return _("Close the stage %(name)s") % {"name": self.stage.label}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [(s.key, s.label) for s in self.definition.active if s.key != self.stage.key]
        return {**super().get_form_kwargs(), "stages": others}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(used_by=self.used_by, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.stage.retired:
            changing.restore_stage(self.pipeline, self.stage.key)
            return self.done(_("The stage is in use again."))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: RetireStageForm) -> HttpResponse:
        moved_to = form.cleaned_data["moved_to"]
        changing.retire_stage(self.pipeline, self.stage.key, moved_to=moved_to)
        return self.done(_("The stage takes no more records once this is published."))
