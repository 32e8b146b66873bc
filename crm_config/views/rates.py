"""Exchange rates. They hold at once: they are facts, not configuration."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from crm_config.forms.rates import RateForm
from crm_config.models import Company, ExchangeRate
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail


class RatesView(StudioView):
    template_name = "crm_config/studio/rates.html"
    page_title = gettext_lazy("Exchange rates")
    header_icon = "cash-coin"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("studio:rate_add")
        return [HeaderButton(_("New exchange rate"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rates=ExchangeRate.objects.all(), base=Company.load().base_currency, **kwargs
        )


class _RateView:
    kwargs: dict[str, Any]

    def trail(self) -> Trail:
        return [(_("Exchange rates"), reverse("studio:rates"))]

    def get_success_url(self) -> str:
        return reverse("studio:rates")

    @cached_property
    def rate(self) -> ExchangeRate:
        return get_object_or_404(ExchangeRate, pk=self.kwargs["pk"])


class AddRateView(_RateView, StudioFormView):
    form_class = RateForm
    page_title = gettext_lazy("New exchange rate")
    header_icon = "cash-coin"

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": timezone.localdate()}

    def form_valid(self, form: RateForm) -> HttpResponse:
        rate = form.save()
        return self.done(_("The rate of %(currency)s was saved.") % {"currency": rate.currency})


class RateView(_RateView, StudioFormView):
    form_class = RateForm
    header_icon = "cash-coin"

    def get_page_title(self) -> str:
        return _("Rate of %(currency)s") % {"currency": self.rate.currency}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.rate}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delete_url = reverse("studio:rate_delete", args=[self.rate.pk])
        return super().get_context_data(delete_url=delete_url, **kwargs)

    def form_valid(self, form: RateForm) -> HttpResponse:
        form.save()
        return self.done(
            _("The rate of %(currency)s was saved.") % {"currency": self.rate.currency}
        )


class DeleteRateView(_RateView, ConfirmView):
    confirm_label = gettext_lazy("Delete rate")

    def get_page_title(self) -> str:
        return _("Delete the rate of %(currency)s?") % {"currency": self.rate.currency}

    def explanation(self) -> Sequence[str]:
        return [
            _(
                "Amounts of that time take the rate before it from now on, when they are saved again."
            ),
        ]

    def perform(self, form: Any) -> HttpResponse:
        self.rate.delete()
        return self.done(_("The rate was deleted."))
