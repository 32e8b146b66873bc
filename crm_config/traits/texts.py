"""The four languages' words for what traits bring, written side by side."""


def words(en: str, ro: str, el: str, pl: str) -> dict[str, str]:
    return {"en": en, "ro": ro, "el": el, "pl": pl}


CONTACT = {
    "key": "contact",
    "labels": words("Contact", "Contact", "Επικοινωνία", "Kontakt"),
}
EMAIL = words("E-mail", "E-mail", "E-mail", "E-mail")
PHONE = words("Phone", "Telefon", "Τηλέφωνο", "Telefon")
DUE = words("Due", "Termen", "Προθεσμία", "Termin")
SUBJECT = words("Subject", "Subiect", "Θέμα", "Temat")
NAME = words("Name", "Denumire", "Ονομασία", "Nazwa")
