"""The moves of a pipeline."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.views.base import StudioFormView
from workflows.pipelines import working_copy as changing
from workflows.pipelines.forms import (
    TransitionForm,
)
from workflows.pipelines.views.studio.base import InPipeline
from workflows.pipelines.working_copy import TRANSITIONS


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
