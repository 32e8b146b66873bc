"""A human being: names, addresses to reach them by, and the language to speak to them."""

from django.utils.translation import gettext_lazy as _

from crm_config.traits.base import Trait
from crm_config.traits.texts import CONTACT, EMAIL, PHONE, words

LANGUAGES = [
    {"key": "en", "labels": words("English", "Engleză", "Αγγλικά", "Angielski")},
    {"key": "ro", "labels": words("Romanian", "Română", "Ρουμανικά", "Rumuński")},
    {"key": "el", "labels": words("Greek", "Greacă", "Ελληνικά", "Grecki")},
    {"key": "pl", "labels": words("Polish", "Polonă", "Πολωνικά", "Polski")},
    {"key": "other", "labels": words("Another", "Alta", "Άλλη", "Inny")},
]

TRAIT = Trait(
    key="person",
    label=_("Person"),
    description=_("Somebody: given and family name, e-mails, phones, language."),
    title_template="{given_name} {family_name}",
    sections=(
        {"key": "person", "labels": words("Person", "Persoană", "Πρόσωπο", "Osoba")},
        CONTACT,
    ),
    fields=(
        {
            "key": "given_name",
            "type": "text",
            "section": "person",
            "labels": words("Given name", "Prenume", "Όνομα", "Imię"),
            "searchable": True,
            "personal": True,
        },
        {
            "key": "family_name",
            "type": "text",
            "section": "person",
            "labels": words("Family name", "Nume de familie", "Επώνυμο", "Nazwisko"),
            "required": True,
            "searchable": True,
            "sortable": True,
            "filterable": True,
            "personal": True,
        },
        {
            "key": "language",
            "type": "choice",
            "section": "person",
            "labels": words("Language", "Limbă", "Γλώσσα", "Język"),
            "help": words(
                "The language to speak and write to this person in.",
                "Limba în care vorbim și scriem acestei persoane.",
                "Η γλώσσα στην οποία μιλάμε και γράφουμε σε αυτό το πρόσωπο.",
                "Język, w którym rozmawiamy i piszemy do tej osoby.",
            ),
            "choices": LANGUAGES,
            "filterable": True,
        },
        {
            "key": "email",
            "type": "email",
            "section": "contact",
            "labels": EMAIL,
            "searchable": True,
            "filterable": True,
            "personal": True,
        },
        {
            "key": "other_email",
            "type": "email",
            "section": "contact",
            "labels": words("Other e-mail", "Alt e-mail", "Άλλο e-mail", "Inny e-mail"),
            "searchable": True,
            "personal": True,
        },
        {
            "key": "phone",
            "type": "phone",
            "section": "contact",
            "labels": PHONE,
            "searchable": True,
            "personal": True,
        },
        {
            "key": "mobile",
            "type": "phone",
            "section": "contact",
            "labels": words("Mobile", "Mobil", "Κινητό", "Telefon komórkowy"),
            "searchable": True,
            "personal": True,
        },
    ),
)
