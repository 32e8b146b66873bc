"""Steps and sections of a form: added, changed, taken out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from crm_config.errors import ChangedMeanwhile
from crm_config.views.base import StudioFormView, StudioMixin
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from forms_builder.studio import arrangement
from forms_builder.studio.arrangement import Raw, Steps
from forms_builder.studio.forms.layout import SectionForm, StepForm
from forms_builder.views.studio.base import InForm


class _Form(InForm, StudioFormView):
    template_name = "forms_builder/studio/form.html"
    known: Any = None

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {**kwargs, "known": self.known or {}, "languages": self.languages}

    def made(self, change: Callable[[Steps], Steps], message: str) -> HttpResponse:
        return self.done(message) if self.edit(change) else self.to(self.get_success_url())


class _StepForm(_Form):
    form_class = StepForm

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"form": self.definition, "snapshot": self.snapshot, "user": self.user}
        return {**super().get_form_kwargs(), **more}


class AddStepView(_StepForm):
    page_title = gettext_lazy("New step")
    submit_label = gettext_lazy("Add step")
    told: Any = gettext_lazy("The step was added.")

    def form_valid(self, form: StepForm) -> HttpResponse:
        def change(steps: Steps) -> Steps:
            name = label_here(form.cleaned_data["labels"])
            key = propose_key(name, taken={s["key"] for s in steps}, fallback="step")
            sections = [{"key": "main", "items": []}]
            return arrangement.with_step(steps, {"key": key, **form.raw, "sections": sections})

        return self.made(change, str(self.told))


class _OfStep(InForm):
    @cached_property
    def known(self) -> Raw:
        try:
            return self.row.steps[arrangement.find_step(self.row.steps, self.kwargs["step"])]
        except ChangedMeanwhile as error:
            raise Http404 from error


class StepView(_OfStep, _StepForm):
    page_title = gettext_lazy("Step")
    told: Any = gettext_lazy("The step was saved.")

    def form_valid(self, form: StepForm) -> HttpResponse:
        def change(steps: Steps) -> Steps:
            now = steps[arrangement.find_step(steps, self.known["key"])]
            said = {k: v for k, v in form.raw.items() if k != "sections"}
            return arrangement.with_step(steps, {**said, "sections": now["sections"]})

        return self.made(change, str(self.told))


class _Remove(InForm, StudioMixin, View):
    """Without asking: it can be undone."""

    http_method_names = ["post"]

    def removed(self, change: Callable[[Steps], Steps], message: str) -> HttpResponse:
        if self.edit(change):
            return self.done(message)
        return self.to(self.get_success_url())

    done = StudioFormView.done


class RemoveStepView(_Remove):
    told: Any = gettext_lazy("The step was removed, with what stood on it. It can be undone.")

    def post(self, request: HttpRequest, step: str, **kwargs: Any) -> HttpResponse:
        return self.removed(
            lambda steps: arrangement.without_step(steps, step),
            str(self.told),
        )


class AddSectionView(_OfStep, _Form):
    form_class = SectionForm
    page_title = gettext_lazy("New section")
    submit_label = gettext_lazy("Add section")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "known": {}}

    def form_valid(self, form: SectionForm) -> HttpResponse:
        step = self.known["key"]

        def change(steps: Steps) -> Steps:
            sections = steps[arrangement.find_step(steps, step)]["sections"]
            name = label_here(form.cleaned_data["labels"])
            key = propose_key(name, taken={s["key"] for s in sections}, fallback="section")
            return arrangement.with_section(steps, step, {"key": key, **form.raw, "items": []})

        return self.made(change, _("The section was added."))


class SectionView(InForm, StudioFormView):
    template_name = "forms_builder/studio/form.html"
    form_class = SectionForm
    page_title = gettext_lazy("Section")

    @property
    def place(self) -> str:
        return f"{self.kwargs['step']}.{self.kwargs['section']}"

    @cached_property
    def known(self) -> Raw:
        try:
            step, section = arrangement.find_section(self.row.steps, self.place)
        except ChangedMeanwhile as error:
            raise Http404 from error
        found: Raw = self.row.steps[step]["sections"][section]
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {**kwargs, "known": self.known, "languages": self.languages}

    def form_valid(self, form: SectionForm) -> HttpResponse:
        def change(steps: Steps) -> Steps:
            s, n = arrangement.find_section(steps, self.place)
            items = steps[s]["sections"][n].get("items", [])
            return arrangement.with_section(
                steps, self.kwargs["step"], {**form.raw, "items": items}
            )

        if not self.edit(change):
            return self.to(self.get_success_url())
        return self.done(_("The section was saved."))


class RemoveSectionView(_Remove):
    def post(self, request: HttpRequest, step: str, section: str, **kwargs: Any) -> HttpResponse:
        return self.removed(
            lambda steps: arrangement.without_section(steps, f"{step}.{section}"),
            _("The section was removed, with what stood in it. It can be undone."),
        )
