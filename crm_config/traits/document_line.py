"""One line of a document: what, how many, at which price."""

from django.utils.translation import gettext_lazy as _

from crm_config.traits.base import RawField, Trait
from crm_config.traits.texts import words

#: The key by which a document finds its lines: the far side of the field `document`.
LINES = "lines"


def worked_out(key: str, expression: str, labels: dict[str, str]) -> RawField:
    return {
        "key": key,
        "type": "formula",
        "section": "amounts",
        "labels": labels,
        "options": {"expression": expression, "result_type": "money"},
    }


TRAIT = Trait(
    key="document_line",
    label=_("Document line"),
    description=_("A line of a quote, order or invoice: product, quantity, price, discount, tax."),
    title_template="{description}",
    sections=(
        {"key": "line", "labels": words("Line", "Linie", "Γραμμή", "Pozycja")},
        {"key": "amounts", "labels": words("Amounts", "Valori", "Ποσά", "Kwoty")},
    ),
    fields=(
        {
            "key": "document",
            "type": "link",
            "section": "line",
            "labels": words("Document", "Document", "Παραστατικό", "Dokument"),
            "options": {"reverse_key": LINES, "on_delete": "archive"},
            "required": True,
            "readonly_after_creation": True,
            "filterable": True,
        },
        {
            "key": "product",
            "type": "link",
            "section": "line",
            "labels": words("Product", "Produs", "Προϊόν", "Produkt"),
            "filterable": True,
        },
        {
            "key": "description",
            "type": "text",
            "section": "line",
            "labels": words("Description", "Descriere", "Περιγραφή", "Opis"),
            "required": True,
            "searchable": True,
        },
        {
            "key": "quantity",
            "type": "decimal",
            "section": "amounts",
            "labels": words("Quantity", "Cantitate", "Ποσότητα", "Ilość"),
            "options": {"decimals": 2, "min": "0"},
            "default": "1",
            "required": True,
        },
        {
            "key": "unit_price",
            "type": "money",
            "section": "amounts",
            "labels": words("Unit price", "Preț unitar", "Τιμή μονάδας", "Cena jednostkowa"),
            "required": True,
        },
        {
            "key": "discount",
            "type": "percent",
            "section": "amounts",
            "labels": words("Discount", "Reducere", "Έκπτωση", "Rabat"),
            "options": {"decimals": 1, "min": "0", "max": "100"},
            "default": "0",
        },
        {
            "key": "tax_rate",
            "type": "percent",
            "section": "amounts",
            "labels": words("Tax rate", "Cotă TVA", "Συντελεστής ΦΠΑ", "Stawka VAT"),
            "options": {"decimals": 1, "min": "0", "max": "100"},
            "default": "0",
        },
        worked_out(
            "net_amount",
            "unit_price * quantity * (100 - if_empty(discount, 0)) / 100",
            words("Net amount", "Valoare netă", "Καθαρή αξία", "Wartość netto"),
        ),
        worked_out(
            "tax_amount",
            "net_amount * if_empty(tax_rate, 0) / 100",
            words("Tax", "TVA", "ΦΠΑ", "VAT"),
        ),
        worked_out(
            "amount",
            "net_amount + tax_amount",
            words("Amount", "Valoare", "Αξία", "Wartość brutto"),
        ),
    ),
)
