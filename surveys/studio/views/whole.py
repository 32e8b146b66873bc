"""A survey as a whole: set, sent, copied, archived, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from crm_config.errors import InUse
from crm_config.references import Reference
from crm_config.views.base import ConfirmView, StudioFormView
from surveys.studio import working_copy
from surveys.studio.building import SURVEYS
from surveys.studio.forms.sending import SendingForm
from surveys.studio.forms.settings import SettingsForm
from surveys.studio.mails import Mail, mails
from surveys.studio.views.base import OfSurvey


class _Set(OfSurvey, StudioFormView):
    template_name = "surveys/studio/form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {
            **kwargs,
            "row": self.row,
            "snapshot": self.snapshot,
            "languages": self.languages,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        working_copy.change_survey(self.row, form.values)
        return self.done(_("It was saved. It holds once it is published."), self.at(self.here))


class SettingsView(_Set):
    form_class = SettingsForm
    page_title = gettext_lazy("Settings")
    here = "settings"


class SendingView(_Set):
    template_name = "surveys/studio/sending.html"
    form_class = SendingForm
    page_title = gettext_lazy("Sending")
    here = "sending"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "survey": self.survey}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: list[Mail] = mails(self.survey, self.snapshot, self.languages)
        return super().get_context_data(mails=found, **kwargs)


class CopyView(OfSurvey, StudioFormView):
    """By a button: it changes nothing that is there."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        copy = working_copy.copy_survey(self.row)
        return self.done(
            _("This is the copy: give it its name."), SURVEYS.address("settings", copy.key)
        )


class ArchiveView(OfSurvey, StudioFormView):
    """By a button, both ways: nothing is lost."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        archived = not self.row.retired
        working_copy.change_survey(self.row, {"retired": archived})
        message = (
            _("The survey %(name)s was archived: once published, nobody can answer it.")
            if archived
            else _("The survey %(name)s is in use again.")
        )
        return self.done(message % {"name": self.row.label})


class DeleteView(OfSurvey, ConfirmView):
    page_title = gettext_lazy("Delete survey")
    confirm_label = gettext_lazy("Delete survey")

    def get_page_title(self) -> str:
        return _("Delete the survey %(name)s?") % {"name": self.row.label}

    @cached_property
    def blocking(self) -> list[Reference]:
        return [r for r in self.copy.users_of(working_copy.path_of(self.row)) if not r.weak]

    def explanation(self) -> Sequence[str]:
        return [
            _(
                "Once this is published, its addresses lead nowhere. What was answered is kept, and comes no more. "
                "If you are not sure, archive it instead."
            )
        ]

    def perform(self, form: Any) -> HttpResponse:
        name = self.row.label
        try:
            working_copy.delete_survey(self.row, self.copy)
        except InUse as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.get_success_url())
        message = _("The survey %(name)s was deleted.") % {"name": name}
        return self.done(message, SURVEYS.address("all"))
