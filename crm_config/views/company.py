"""The company's settings, which are published like the rest."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.forms.company import CompanyForm
from crm_config.models import Company
from crm_config.views.base import StudioFormView


class CompanyView(StudioFormView):
    form_class = CompanyForm
    page_title = gettext_lazy("Company")
    header_icon = "building"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Company.load()}

    def get_success_url(self) -> str:
        return reverse("studio:company")

    def form_valid(self, form: CompanyForm) -> HttpResponse:
        form.save()
        return self.done(_("The company's settings were saved."))
