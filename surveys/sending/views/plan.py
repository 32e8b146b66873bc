"""Asking the records of a list or a segment: asked, looked over, begun."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from crm_config.conditions.api import ConditionInvalid
from records.selection import chunks, how_many
from records.views.bulk import ListOrSegmentMixin
from surveys.definitions import SurveyDef
from surveys.sending import reasons
from surveys.sending.dispatching import plan
from surveys.sending.forms import PlanForm
from surveys.sending.inviting import look
from surveys.sending.rights import ACTION, surveys_about

#: Of larger sendings, as many are looked at before; the page says so.
LOOKED_AT = 1000


class PlanView(ListOrSegmentMixin):
    template_name = "surveys/sending/plan.html"
    page_title = gettext_lazy("Ask by survey")

    @cached_property
    def surveys(self) -> list[SurveyDef]:
        found = surveys_about(self.record_type, self.access)
        self.insist(bool(found))
        return found

    @property
    def list_url(self) -> str:
        return self.state.url(self.record_type)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.surveys or not self.request.GET.get("segment"):
            return HttpResponseRedirect(self.list_url)
        return self._asked()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._asked() if self.surveys else HttpResponseRedirect(self.list_url)

    def _asked(self) -> HttpResponse:
        try:
            number = how_many(self.selection, access=self.access, action=ACTION).number
        except ConditionInvalid:
            return self._back(_("The list's filter can no longer be used."))
        if self.selection.ids == () or not number:
            return self._back(_("Select some records first."))
        step = self.request.POST
        bound = "run" in step or "preview" in step
        form = PlanForm(step if bound else None, surveys=self.surveys)
        if not bound or not form.is_valid():
            return self._render(form=form)
        said = form.cleaned_data
        survey = next(s for s in self.surveys if s.key == said["survey"])
        if "run" in step:
            row = plan(
                survey,
                self.selection,
                access=self.access,
                name=said["name"],
                per_hour=said["per_hour"],
                starts_at=said["starts_at"],
            )
            return HttpResponseRedirect(reverse("survey_sending:dispatch", args=[row.pk]))
        return self._render(form=form, **self._looked_over(survey))

    def _looked_over(self, survey: SurveyDef) -> dict[str, Any]:
        ids = next(
            iter(chunks(self.selection, access=self.access, size=LOOKED_AT, action=ACTION)), ()
        )
        outcomes = look(survey, list(ids), access=self.access, occasion="new")
        left = Counter(o.why for o in outcomes if not o.ok)
        rows = [
            (reasons.words(why, self.access.snapshot), number) for why, number in left.most_common()
        ]
        return {"fine": sum(o.ok for o in outcomes), "left": rows, "looked": len(outcomes)}

    def _back(self, why: str) -> HttpResponse:
        messages.warning(self.request, why)
        return HttpResponseRedirect(self.list_url)

    def _render(self, **kwargs: Any) -> HttpResponse:
        action = reverse("survey_sending:plan", args=[self.record_type.key])
        media = kwargs["form"].media
        return self.render_to_response(self.get_context_data(action=action, media=media, **kwargs))
