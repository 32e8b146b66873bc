"""Other words that headings use for common fields, in the languages of the product and in exports of
other programs; written folded: small letters, without accents and marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_WORDS = {
    "name": "company|company name|organisation|organization|account name|business name|full name|denumire"
    "|firma|companie|societate|επωνυμια|εταιρεια|ονομασια|nazwa|nazwa firmy|przedsiebiorstwo",
    "given_name": "first name|forename|firstname|prenume|ονομα|μικρο ονομα|imie",
    "family_name": "last name|surname|lastname|nume|nume de familie|επωνυμο|επιθετο|nazwisko",
    "email": "mail|e mail|email address|e mail address|adresa de email|posta electronica|ηλεκτρονικη διευθυνση"
    "|ηλ ταχυδρομειο|adres email|poczta",
    "phone": "telephone|tel|phone number|business phone|telefon|nr telefon|τηλεφωνο|τηλ|σταθερο|numer telefonu",
    "mobile": "mobile phone|cell|cell phone|gsm|telefon mobil|κινητο|κινητο τηλεφωνο|komorka|telefon komorkowy",
    "website": "web|url|site|homepage|web page|pagina web|ιστοσελιδα|ιστοτοπος|strona|strona www|www",
    "tax_number": "vat|vat number|vat id|tax id|cui|cif|cod fiscal|αφμ|α φ μ|nip",
    "code": "id|number|no|reference|ref|sku|cod|numar|κωδικος|αριθμος|kod|numer|symbol",
    "price": "unit price|list price|sales price|pret|τιμη|cena",
    "amount": "value|total|sum|deal value|close value|valoare|suma|total|αξια|ποσο|συνολο|wartosc|kwota|suma",
    "expected_close": "close date|closing date|expected close date|data inchiderii|ημερομηνια κλεισιματος"
    "|data zamkniecia",
    "stock": "quantity|qty|in stock|stoc|cantitate|αποθεμα|ποσοτητα|stan|ilosc",
    "parent": "parent company|parent account|subsidiary of|part of|headquarters|belongs to|companie mama"
    "|grup|μητρικη|μητρικη εταιρεια|spolka matka|centrala",
    "notes": "note|comment|comments|remarks|description|observatii|note|σημειωσεις|σχολια|παρατηρησεις|uwagi",
    "sector": "industry|field of business|branch|domeniu|ramura|κλαδος|τομεας|branza|sektor",
    "headcount": "employees|number of employees|staff|angajati|εργαζομενοι|υπαλληλοι|pracownicy",
    "owner": "sales agent|salesperson|sales rep|account owner|record owner|assigned to|responsible|agent"
    "|responsabil|υπευθυνος|πωλητης|opiekun|handlowiec",
    "team": "office|regional office|department|region|echipa|birou|ομαδα|τμημα|zespol|dzial|biuro",
    "address.street": "street|address 1|address line 1|street address|strada|οδος|διευθυνση|ulica",
    "address.city": "city|town|locality|oras|localitate|πολη|miasto|miejscowosc",
    "address.region": "county|state|region|province|judet|νομος|περιφερεια|wojewodztwo",
    "address.postcode": "postcode|zip|zip code|postal code|cod postal|τκ|τ κ|ταχυδρομικος κωδικας"
    "|kod pocztowy",
    "address.country": "country|country region|office location|tara|χωρα|kraj|panstwo",
}

#: By field key, or `key.part` for the parts of an address.
SYNONYMS: Mapping[str, frozenset[str]] = {
    key: frozenset(words.split("|")) for key, words in _WORDS.items()
}


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Words in small letters, without accents and marks, between single spaces: `closeDate` and
    `close_date` alike are `close date`."""
    split = re.sub(r"(?<=[a-zα-ω])(?=[A-ZΑ-Ω])", " ", text)
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", split.casefold()) if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[^\W_]+", bare.replace("ł", "l").replace("ς", "σ")))
