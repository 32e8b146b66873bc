"""Business that may come: how much, how likely, when."""

from django.utils.translation import gettext_lazy as _

from crm_config.traits.base import Trait
from crm_config.traits.texts import NAME, words

TRAIT = Trait(
    key="deal",
    label=_("Deal"),
    description=_("Business that may come: amount and currency, probability, expected close."),
    title_template="{name}",
    sections=(
        {"key": "deal", "labels": words("Deal", "Afacere", "Συμφωνία", "Transakcja")},
        {"key": "forecast", "labels": words("Forecast", "Prognoză", "Πρόβλεψη", "Prognoza")},
    ),
    fields=(
        {
            "key": "name",
            "type": "text",
            "section": "deal",
            "labels": NAME,
            "required": True,
            "searchable": True,
            "sortable": True,
        },
        {
            "key": "amount",
            "type": "money",
            "section": "forecast",
            "labels": words("Amount", "Valoare", "Ποσό", "Kwota"),
            "options": {"allow_negative": False},
            "filterable": True,
            "sortable": True,
        },
        {
            "key": "probability",
            "type": "percent",
            "section": "forecast",
            "labels": words("Probability", "Probabilitate", "Πιθανότητα", "Prawdopodobieństwo"),
            "options": {"decimals": 0, "min": "0", "max": "100"},
            "filterable": True,
            "sortable": True,
        },
        {
            "key": "expected_close",
            "type": "date",
            "section": "forecast",
            "labels": words(
                "Expected close",
                "Închidere estimată",
                "Αναμενόμενο κλείσιμο",
                "Przewidywane zamknięcie",
            ),
            "filterable": True,
            "sortable": True,
        },
    ),
)
