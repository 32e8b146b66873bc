"""A company, an institution, an association: its names, numbers and addresses."""

from django.utils.translation import gettext_lazy as _

from crm_config.traits.base import Trait
from crm_config.traits.texts import CONTACT, EMAIL, NAME, PHONE, words

TRAIT = Trait(
    key="organisation",
    label=_("Organisation"),
    description=_("A company or institution: name, tax number, phone, website, address."),
    title_template="{name}",
    sections=(
        {
            "key": "organisation",
            "labels": words("Organisation", "Organizație", "Οργανισμός", "Organizacja"),
        },
        CONTACT,
    ),
    fields=(
        {
            "key": "name",
            "type": "text",
            "section": "organisation",
            "labels": NAME,
            "required": True,
            "searchable": True,
            "sortable": True,
            "filterable": True,
        },
        {
            "key": "tax_number",
            "type": "text",
            "section": "organisation",
            "labels": words("Tax number", "Cod fiscal", "ΑΦΜ", "NIP"),
            "help": words(
                "As on invoices, with the letters of the country: RO…, EL…, PL….",
                "Ca pe facturi, cu literele țării: RO…, EL…, PL….",
                "Όπως στα τιμολόγια, με τα γράμματα της χώρας: RO…, EL…, PL….",
                "Jak na fakturach, z literami kraju: RO…, EL…, PL….",
            ),
            "options": {"max_length": 30},
            "searchable": True,
            "filterable": True,
        },
        {
            "key": "email",
            "type": "email",
            "section": "contact",
            "labels": EMAIL,
            "searchable": True,
        },
        {
            "key": "phone",
            "type": "phone",
            "section": "contact",
            "labels": PHONE,
            "searchable": True,
        },
        {
            "key": "website",
            "type": "url",
            "section": "contact",
            "labels": words("Website", "Site web", "Ιστότοπος", "Strona internetowa"),
            "searchable": True,
        },
        {
            "key": "address",
            "type": "address",
            "section": "contact",
            "labels": words("Address", "Adresă", "Διεύθυνση", "Adres"),
            "searchable": True,
        },
    ),
)
