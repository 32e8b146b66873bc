"""What no person types, in each kind of question: it is refused at its place or cleaned, and never breaks the page."""

from urllib.parse import urlencode

import pytest

from surveys.models import Response
from surveys.questions import KINDS
from tests.surveys.surveying import (
    Respondent,
    invite,
    only,
    open_link,
    options,
    publish,
    question,
    survey,
)

pytestmark = pytest.mark.django_db

ODD = {
    "a megabyte": "a" * 1_000_000,
    "many digits": "9" * 10_000,
    "no text": "\x00",
    "text with none": "a\x00b",
    "half a letter": "\ud800",
    "infinite": "1e999999",
    "no number": "NaN",
    "far away": "99999-12-31",
    "digits of another script": "١٢",
    "markup": "<script>alert(1)</script>",
    "a list": "['a', 'b']",
    "backwards": "\u202eevil",
}
MANY = {"per_hour": 1_000}
OPTIONS = {"options": options("a", "b")}
ASKED = {
    "nps": {},
    "csat": {},
    "ces": {},
    "rating": {},
    "single_choice": OPTIONS,
    "multiple_choice": OPTIONS,
    "dropdown": OPTIONS,
    "ranking": OPTIONS,
    "matrix": {**OPTIONS, "rows": options("price", "speed")},
    "short_text": {},
    "long_text": {},
    "number": {"decimals": 2},
    "date": {},
    "slider": {},
    "contact": {},
    "file": {},
}
PARTS = {
    "ranking": ("i-q-a", "i-q-b"),
    "matrix": ("i-q-price", "i-q-speed"),
    "contact": ("i-q-name", "i-q-email", "i-q-phone"),
}


def test_every_kind_is_tried():
    assert ASKED.keys() == {kind.key for kind in KINDS}


def sent(who: Respondent, **said: str) -> None:
    """As a browser would write it, if it wrote such things."""
    data = {**who.fields, "go": "next", **said}
    body = urlencode(data, doseq=True, encoding="utf-8", errors="surrogatepass")
    kind = "application/x-www-form-urlencoded"
    who.page = who.client.post(who.action, body, content_type=kind, follow=True)


@pytest.mark.parametrize("kind", ASKED)
def test_it_breaks_nothing(kind):
    publish(
        survey("pulse", question("q", kind, options=ASKED[kind]), question("after"), settings=MANY)
    )
    link = open_link()
    for odd in ODD.values():
        for name in PARTS.get(kind, ("i-q",)):
            who = Respondent(link.token)
            who.open()
            sent(who, **{name: odd})
            assert who.page.status_code in (200, 422), (name, odd[:20])
            assert "<script>alert" not in who.page.content.decode()
    found = str(list(Response.objects.values_list("values", "answers__text")))
    assert "\\x00" not in found and len(found) < 20_000


def test_nor_does_it_in_the_address():
    publish(survey("pulse", question("q"), question("h", "hidden", prefill="from"), settings=MANY))
    link = open_link()
    for odd in ODD.values():
        for name, text in (("a", f"q:{odd}"), ("from", odd), ("page", odd), ("lang", odd)):
            who = Respondent(link.token)
            asked = urlencode({name: text[:2_000]}, encoding="utf-8", errors="surrogatepass")
            assert who.follow(f"{who.path}?{asked}").status_code == 200, (name, odd[:20])
            who.send(q="Said")
            assert "Thanks a lot" in who.text, (name, odd[:20])


@pytest.mark.parametrize("name", ["seal", "step", "seen", "go", "lang"])
def test_nor_in_what_the_page_brings_along(name):
    publish(survey())
    for odd in ODD.values():
        who = Respondent(invite().token)
        who.open()
        sent(who, **{"i-nps": "9", name: odd})
        assert who.page.status_code in (200, 409, 422), odd[:20]
        who.open()
        if "Thanks a lot" not in who.text:
            who.send(nps="9")
        assert "Thanks a lot" in who.text, odd[:20]


def test_one_name_sent_many_times_is_one_answer():
    many = question("m", "multiple_choice", options=OPTIONS)
    publish(survey("pulse", question("q", "nps"), many))
    who = Respondent(open_link().token)
    who.open()
    who.post({**who.fields, "i-q": ["1", "9"], "i-m": ["a"] * 900, "go": "next"})
    assert only().values["q"] == "9" and only().answers.filter(question="m").count() == 1


def test_more_names_than_a_page_has_are_too_many(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
    publish(survey())
    who = Respondent(open_link().token)
    who.open()
    who.post({**who.fields, **{f"i-x{n}": "1" for n in range(5_000)}})
    assert who.page.status_code == 413 and "Too large" in who.text
    assert not Response.objects.exists()
