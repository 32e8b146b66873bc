"""Asking about one record, from its page."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from records.contact.services import may_pass_over
from records.errors import Forbidden
from records.selectors.names import record_url
from records.views.base import RecordScreen
from surveys.definitions import SurveyDef
from surveys.sending import reasons
from surveys.sending.dispatching import send_soon
from surveys.sending.forms import AskForm
from surveys.sending.inviting import Outcome, invite, look
from surveys.sending.rights import ACTION, surveys_about


class AskView(RecordScreen):
    """What stands in the way is told before; the budget can be passed over by who may, with a reason."""

    part_template = "surveys/sending/ask.html"
    page_title = gettext_lazy("Ask by survey")

    @cached_property
    def surveys(self) -> list[SurveyDef]:
        found = surveys_about(self.record_type, self.access)
        self.insist(bool(found) and not self.record.archived)
        self.insist_on(ACTION)
        return found

    @cached_property
    def looked(self) -> list[tuple[SurveyDef, Outcome]]:
        return [
            (s, look(s, [self.record.id], access=self.access, occasion="new")[0])
            for s in self.surveys
        ]

    @property
    def passes_over(self) -> bool:
        return any(may_pass_over(outcome.answer, self.access) for _s, outcome in self.looked)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._render(AskForm(surveys=self.surveys, passes_over=self.passes_over))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AskForm(request.POST, surveys=self.surveys, passes_over=self.passes_over)
        if not form.is_valid():
            return self._render(form)
        survey = next(s for s in self.surveys if s.key == form.cleaned_data["survey"])
        said = {
            "override": form.cleaned_data.get("override", ""),
            "occasion": f"h{form.cleaned_data['mark']}",
        }
        try:
            [outcome] = invite(survey, [self.record.id], access=self.access, **said)
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
            return self._render(form)
        if not outcome.ok:
            form.add_error(None, self._words(outcome))
            return self._render(form)
        send_soon()
        messages.success(request, _("The mail is on its way."))
        return self.leave(record_url(self.record.id))

    def _words(self, outcome: Outcome) -> str:
        return reasons.words(outcome.why, self.access.snapshot, outcome.next_free)

    def _render(self, form: AskForm) -> HttpResponse:
        rows = [(s.label, self._words(o)) for s, o in self.looked if not o.ok]
        context = self.get_context_data(form=form, left=rows, title=self.page_title)
        return self.render_to_response(context)
