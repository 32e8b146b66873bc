"""Trying a condition over a record type: which records it means, and its JSON for packs and the API."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from crm_config.forms.trial import TrialForm
from crm_config.views.base import StudioFormView, Trail
from crm_config.views.types import OfType


class TryConditionView(OfType, StudioFormView):
    form_class = TrialForm
    page_title = gettext_lazy("Try a condition")
    header_icon = "tasks"
    submit_label = gettext_lazy("Check")
    refused = gettext_lazy("This condition cannot be used: see what is marked below.")

    def trail(self) -> Trail:
        return [(self.record_type.label, self.type_url)]

    def get_success_url(self) -> str:
        return self.type_url

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "record_type": self.copy.type(self.record_type.key),
            "snapshot": self.copy.draft.snapshot,
            "user": self.user,
        }

    def form_valid(self, form: TrialForm) -> HttpResponse:
        messages.success(self.request, _("This condition can be used."))
        return self.render_to_response(self.get_context_data(form=form))
