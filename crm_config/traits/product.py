"""Something sold, at a price that holds for a time."""

from django.utils.translation import gettext_lazy as _

from crm_config.traits.base import Trait
from crm_config.traits.texts import NAME, words

TRAIT = Trait(
    key="product",
    label=_("Product"),
    description=_("Something sold: code, price, from when to when it holds, stock."),
    title_template="{name}",
    sections=(
        {"key": "product", "labels": words("Product", "Produs", "Προϊόν", "Produkt")},
        {
            "key": "price",
            "labels": words("Price and stock", "Preț și stoc", "Τιμή και απόθεμα", "Cena i stan"),
        },
    ),
    fields=(
        {
            "key": "name",
            "type": "text",
            "section": "product",
            "labels": NAME,
            "required": True,
            "searchable": True,
            "sortable": True,
        },
        {
            "key": "code",
            "type": "text",
            "section": "product",
            "labels": words("Code", "Cod", "Κωδικός", "Kod"),
            "options": {"max_length": 50},
            "unique": True,
            "searchable": True,
            "sortable": True,
            "filterable": True,
        },
        {
            "key": "price",
            "type": "money",
            "section": "price",
            "labels": words("Price", "Preț", "Τιμή", "Cena"),
            "help": words("Without tax.", "Fără TVA.", "Χωρίς ΦΠΑ.", "Bez VAT."),
            "options": {"allow_negative": False},
            "filterable": True,
            "sortable": True,
        },
        {
            "key": "valid_from",
            "type": "date",
            "section": "price",
            "labels": words(
                "Price valid from", "Preț valabil de la", "Τιμή ισχύει από", "Cena ważna od"
            ),
            "filterable": True,
            "sortable": True,
        },
        {
            "key": "valid_to",
            "type": "date",
            "section": "price",
            "labels": words(
                "Price valid to", "Preț valabil până la", "Τιμή ισχύει έως", "Cena ważna do"
            ),
            "filterable": True,
            "sortable": True,
        },
        {
            "key": "stock",
            "type": "integer",
            "section": "price",
            "labels": words("In stock", "În stoc", "Απόθεμα", "Stan magazynowy"),
            "filterable": True,
            "sortable": True,
        },
    ),
)
