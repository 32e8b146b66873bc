"""An exchange rate from a day on."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from crm_config.forms.company import currency_choices
from crm_config.models import Company, ExchangeRate


class RateForm(forms.ModelForm):
    currency = forms.ChoiceField(
        label=_("Currency"), choices=lambda: [("", "---------"), *currency_choices()]
    )

    class Meta:
        model = ExchangeRate
        fields = ("currency", "valid_from", "rate")
        widgets = {"valid_from": AdminDateInput}

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"])
        base = Company.load().base_currency
        if currency == base:
            raise forms.ValidationError(
                _("%(currency)s is the base currency: it needs no rate."),
                params={"currency": base},
            )
        return currency

    def clean_rate(self) -> object:
        rate = self.cleaned_data["rate"]
        if rate is not None and rate <= 0:
            raise forms.ValidationError(_("The rate must be more than zero."))
        return rate
