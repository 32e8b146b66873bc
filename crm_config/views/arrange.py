"""Order of fields and sections, by dragging, by keys and by menu; adding, renaming and removing sections."""

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from crm_config.errors import ChangedMeanwhile
from crm_config.forms.section import SectionForm
from crm_config.models import Section
from crm_config.views.base import ConfirmView, StudioFormView, Trail, waiting_request
from crm_config.views.types import OfType
from crm_config.words.plain import label_here
from crm_config.working_copy import arrangement
from crm_config.working_copy.keys import propose_key
from crm_config.working_copy.reading import WorkingCopy


class ArrangeView(OfType, View):
    """Takes the whole order as JSON from a drag, or one move from a menu's button:
    `move=amount:-1`, `move=amount:contact` (to a section), `section=contact:1`."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.content_type == "application/json":
            return self._arrange_all(request)
        try:
            arrangement.arrange(self.record_type, self._moved(request))
        except (ChangedMeanwhile, KeyError, ValueError, StopIteration):
            messages.error(request, _("It could not be moved. Load the page again."))
        moved = request.POST.get("move", "").partition(":")[0]
        query = f"?moved={moved}" if moved.isidentifier() else ""
        return HttpResponseRedirect(f"{self.type_url}{query}#tab-fields")

    def _arrange_all(self, request: HttpRequest) -> JsonResponse:
        try:
            wanted = [
                (str(s["key"]), [str(f) for f in s["fields"]]) for s in json.loads(request.body)
            ]
        except (ValueError, TypeError, KeyError):
            return JsonResponse({"message": _("The order could not be read.")}, status=400)
        try:
            arrangement.arrange(self.record_type, wanted)
        except ChangedMeanwhile as refusal:
            return JsonResponse({"message": str(refusal)}, status=409)
        return JsonResponse({"message": _("Saved."), "bar": self._bar(request)})

    def _bar(self, request: HttpRequest) -> str:
        unpublished = len(WorkingCopy().changes)
        about = {"unpublished": unpublished, "waiting": waiting_request()}
        return render_to_string("crm_config/studio/bar.html", about, request=request)

    def _moved(self, request: HttpRequest) -> arrangement.Arrangement:
        now = arrangement.as_keys(self.record_type)
        if "section" in request.POST:
            key, _colon, by = request.POST["section"].rpartition(":")
            return arrangement.moved_section(now, key, by=int(by))
        field, _colon, target = request.POST.get("move", "").partition(":")
        if target.lstrip("-").isdigit():
            return arrangement.moved(now, field, by=int(target))
        return arrangement.moved(now, field, to=target)


class _SectionView(OfType):
    def trail(self) -> Trail:
        return [(self.record_type.label, self.type_url)]

    def get_success_url(self) -> str:
        return self.type_url + "#tab-fields"

    @cached_property
    def section(self) -> Section:
        return get_object_or_404(Section, record_type=self.record_type, key=self.kwargs["section"])


class AddSectionView(_SectionView, StudioFormView):
    form_class = SectionForm
    page_title = gettext_lazy("New section")
    submit_label = gettext_lazy("Add section")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "languages": self.languages}

    def form_valid(self, form: SectionForm) -> HttpResponse:
        taken = {s.key for s in self.record_type.sections.all()}
        key = propose_key(label_here(form.labels), taken=taken, fallback="section")
        section = arrangement.add_section(self.record_type, key=key, labels=form.labels)
        return self.done(_("The section %(name)s was added.") % {"name": section.label})


class SectionView(_SectionView, StudioFormView):
    form_class = SectionForm

    def get_page_title(self) -> str:
        return _("Section %(name)s") % {"name": self.section.label}

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {**kwargs, "languages": self.languages, "section": self.section}

    def form_valid(self, form: SectionForm) -> HttpResponse:
        self.section.labels = form.labels
        self.section.save(update_fields=["labels"])
        return self.done(_("The section %(name)s was saved.") % {"name": self.section.label})


class DeleteSectionView(_SectionView, ConfirmView):
    confirm_label = gettext_lazy("Remove section")

    def get_page_title(self) -> str:
        return _("Remove the section %(name)s?") % {"name": self.section.label}

    def explanation(self) -> Sequence[str]:
        return [
            _("Its fields stay: they stand without a section at the top, until you move them."),
        ]

    def perform(self, form: Any) -> HttpResponse:
        name = self.section.label
        self.section.delete()
        return self.done(_("The section %(name)s was removed.") % {"name": name})
