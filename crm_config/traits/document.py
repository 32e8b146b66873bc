"""A numbered paper with lines and totals: a quote, an order, an invoice."""

from django.utils.translation import gettext_lazy as _

from crm_config.traits.base import RawField, Trait
from crm_config.traits.document_line import LINES
from crm_config.traits.texts import words


def total(key: str, source: str, labels: dict[str, str]) -> RawField:
    """The sum of one field over the lines, which take the trait `document_line`."""
    return {
        "key": key,
        "type": "rollup",
        "section": "totals",
        "labels": labels,
        "options": {"relation": LINES, "function": "sum", "field": source},
        "filterable": True,
        "sortable": True,
    }


TRAIT = Trait(
    key="document",
    label=_("Document"),
    description=_("A quote, an order, an invoice: number, date, totals of its lines."),
    title_template="{number}",
    sections=(
        {"key": "document", "labels": words("Document", "Document", "Παραστατικό", "Dokument")},
        {"key": "totals", "labels": words("Totals", "Totaluri", "Σύνολα", "Podsumowanie")},
    ),
    fields=(
        {
            "key": "number",
            "type": "auto_number",
            "section": "document",
            "labels": words("Number", "Număr", "Αριθμός", "Numer"),
            "searchable": True,
            "sortable": True,
            "filterable": True,
        },
        {
            "key": "date",
            "type": "date",
            "section": "document",
            "labels": words("Date", "Dată", "Ημερομηνία", "Data"),
            "default": {"dynamic": "today"},
            "required": True,
            "filterable": True,
            "sortable": True,
        },
        total(
            "net_total",
            "net_amount",
            words("Net total", "Total net", "Καθαρό σύνολο", "Suma netto"),
        ),
        total("tax_total", "tax_amount", words("Tax", "TVA", "ΦΠΑ", "VAT")),
        total("total", "amount", words("Total", "Total", "Σύνολο", "Razem brutto")),
    ),
)
