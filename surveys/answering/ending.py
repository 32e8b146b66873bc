"""After the last question: the end page, and what is told to whoever comes again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from crm_config import labels
from surveys.answering.base import SurveyPage
from surveys.answering.filling import SurveyFilling
from surveys.definitions import EndDef
from surveys.models import Response

#: Seconds after which a kiosk begins anew, after the end.
NEXT_PERSON = 15


class EndPage(SurveyPage):
    def ended(self, row: Response, *, again: bool = False) -> HttpResponse:
        """The end page that was reached, whatever became of it since."""
        survey = self.visit.survey
        assert survey is not None
        self.visit.response = row
        ends = {end.key: end for end in survey.ends}
        end = ends.get(row.end) or EndDef("thanks")
        filling = SurveyFilling(self.form, self.snapshot, self.language, visit=self.visit)
        filling.begin({})
        filling.take_up()
        more: dict[str, Any] = {"refresh": NEXT_PERSON} if self.visit.kiosk else {}
        return self.page(
            "end",
            title=filling.say(end.label) or _("Thank you"),
            message=filling.say(labels.text(end.text)) or _("Thank you for your answers."),
            kind=end.kind,
            url=end.url,
            button=filling.say(labels.text(end.button)) or _("Go on"),
            again=again,
            change=self.address_to(row.token, edit="1") if self.may_edit(row) else "",
            **more,
        )

    def may_edit(self, row: Response) -> bool:
        survey = self.visit.survey
        if survey is None or row.status != Response.Status.COMPLETED or self.visit.kiosk:
            return False
        return bool(survey.settings.get("editable"))

    def answered(self) -> HttpResponse:
        """Of an invitation that was used, where nobody can tell by which answers."""
        message = _("This invitation was used already. Thank you for your answers.")
        return self.told(_("Answered already"), message)

    def thanked(self) -> HttpResponse:
        """What machines are told: nothing of theirs is kept."""
        return self.told(_("Thank you"), _("Thank you for your answers."))
