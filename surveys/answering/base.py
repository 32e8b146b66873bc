"""What the pages of surveys share."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from forms_builder.public.base import EMBED, PublicView
from records.languages import PARAMETER, language_of, spoken
from surveys.answering.links import path_of
from surveys.answering.opening import Stop
from surveys.answering.visits import Visit, find
from surveys.flow.compiling import flow_of


class SurveyPage(PublicView):
    folder = "surveys/answering"
    space = "public_surveys"
    visit: Visit

    def language_for(self, request: HttpRequest) -> str:
        """What the address says; else the one that the person answered or was asked in; else the browser's."""
        self.visit = find(self.kwargs["token"], self.snapshot)
        if self.visit.survey is not None:
            self.form = flow_of(self.visit.survey, self.snapshot).form
        asked = request.GET.get(PARAMETER) or request.POST.get(PARAMETER, "")
        known = self.visit.language
        if asked not in spoken(self.snapshot) and known in spoken(self.snapshot):
            return known
        return language_of(request, self.snapshot)

    def address_to(self, token: str, **query: str) -> str:
        """In the language and the frame that it is seen in."""
        held = {PARAMETER: self.language}
        if EMBED in self.request.GET:
            held[EMBED] = "1"
        return f"{path_of(token)}?{urlencode(held | query)}"

    def stopped(self, found: Stop, **more: object) -> HttpResponse:
        """Nobody learns from what is told whether there is a survey, unless they have its address."""
        status = int(str(more.pop("status", found.status)))
        return self.told(found.title, found.message, status=status, kind=found.kind, **more)
