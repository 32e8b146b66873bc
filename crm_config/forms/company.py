"""The company's settings."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from crm_config.field_types.support import currencies
from crm_config.forms.languages import language_choices
from crm_config.models import Company


def currency_choices() -> list[tuple[str, str]]:
    """Currencies in use somewhere today, by code, with their names in the active language."""
    return [(code, f"{code} · {currencies.name(code)}") for code in currencies.known()]


class CompanyForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=lambda: language_choices(code for code, _name in settings.LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Names of types, fields and options are written in each of them."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(name, name.replace("_", " ")) for name in sorted(available_timezones())],
        help_text=_("What “today” means in conditions and deadlines."),
    )
    base_currency = forms.ChoiceField(
        label=_("Base currency"),
        choices=currency_choices,
        help_text=_("Amounts in other currencies are compared and summed in it."),
    )

    class Meta:
        model = Company
        fields = ("name", "languages", "time_zone", "base_currency", "two_person")

    def clean_languages(self) -> list[str]:
        """In the order of the settings, whatever the order of the boxes."""
        chosen: list[Any] = self.cleaned_data["languages"]
        return [code for code, _name in settings.LANGUAGES if code in chosen]
