"""Trying a survey: an address whose answers are not counted, and a thousand people who answer at random."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from crm_config.live import live
from crm_config.views.base import StudioView
from forms_builder.engine.logic import Broken
from surveys.definitions import survey_of
from surveys.flow.simulating import Walked, walk
from surveys.models import OpenLink
from surveys.studio.views.base import OfSurvey


class TryView(OfSurvey, StudioView):
    """`do`: `link` makes an address, `walk` sends people through the working copy."""

    template_name = "surveys/studio/try.html"
    page_title = gettext_lazy("Try it")
    here = "try"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "walk":
            return self.render_to_response(self.get_context_data(**self.walked()))
        if survey_of(live(), self.row.key) is None:
            messages.error(request, _("Publish the survey first: what is published is tried."))
        else:
            kind = OpenLink.Kind.TEST
            links = OpenLink.objects.filter(survey=self.row.key, kind=kind, closed_at=None)
            if not links.exists():
                OpenLink.objects.create(
                    survey=self.row.key, kind=kind, name=_("Test"), created_by=self.user
                )
            messages.success(request, _("With this address answers are kept apart."))
        return self.to(self.at("try"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = OpenLink.Kind.TEST
        link = OpenLink.objects.filter(survey=self.row.key, kind=kind, closed_at=None).first()
        published = survey_of(live(), self.row.key) is not None
        return super().get_context_data(link=link, published=published, **kwargs)

    def walked(self) -> dict[str, Any]:
        try:
            found = walk(self.survey, self.snapshot)
        except Broken:
            return {"broken": True}
        names, survey = self.canvas.page_names, self.survey
        pages = [
            (names[p.key], found.pages[p.key], _share(found.pages[p.key], found))
            for p in survey.steps
        ]
        ends = [
            (names[e.key], found.ends[e.key], _share(found.ends[e.key], found))
            for e in survey.ends
            if e.kind != "screened"
        ]
        asked = [
            (self.canvas.label_of(item), found.questions[item.key])
            for item in survey.questions.values()
            if item.kind not in ("text", "divider", "image", "hidden")
        ]
        return {
            "walked": found,
            "tables": [(_("Pages"), pages), (_("End pages"), ends)],
            "questions": asked,
        }


def _share(count: int, walked: Walked) -> int:
    return round(100 * count / walked.people) if walked.people else 0
