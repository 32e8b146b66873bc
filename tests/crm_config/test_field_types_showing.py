"""How values are shown, in each language, as text and as HTML."""

from datetime import time
from typing import Any

import pytest
from django.utils import timezone, translation

from crm_config.field_types.base import LinkLabel, Names
from tests.field_cases import a_field, read

NAMES = Names(
    users={7: "Ioana <P>"},
    teams={3: "Sales North"},
    files={9: "contract.pdf"},
    records={
        5: LinkLabel(5, "Aegean <Optics>", "company"),
        6: LinkLabel(6, "", "company", visible=False),
    },
    record_url=lambda record_id: f"/r/{record_id}/",
)


def display(type_key: str, raw: Any, language: str = "en", **options: Any) -> str:
    field = a_field(type_key, **options)
    with translation.override(language), timezone.override("Europe/Bucharest"):
        shown = field.type.display(field, read(field, raw), NAMES)
    return shown.replace("\u00a0", " ").replace("\u202f", " ")


def render(type_key: str, raw: Any, **options: Any) -> str:
    field = a_field(type_key, **options)
    return str(field.type.render(field, read(field, raw), NAMES))


@pytest.mark.parametrize(
    ("type_key", "raw", "shown"),
    [
        ("integer", 1234567, ("1,234,567", "1.234.567", "1.234.567", "1 234 567")),
        ("decimal", "1234.5", ("1,234.50", "1.234,50", "1.234,50", "1 234,50")),
        ("percent", "12.5", ("12.50%", "12,50 %", "12,50%", "12,50%")),
        ("money", "1250 EUR", ("€1,250.00", "1.250,00 EUR", "1.250,00 €", "1 250,00 €")),
        ("date", "2026-11-22", ("Nov 22, 2026", "22 nov. 2026", "22 Νοε 2026", "22 lis 2026")),
        ("time", "14:05", ("2:05 PM", "14:05", "2:05 μ.μ.", "14:05")),
        ("choice", "it", ("IT & software", "IT & software", "Πληροφορική", "IT & software")),
        ("address", {"country": "GR"}, ("Greece", "Grecia", "Ελλάδα", "Grecja")),
    ],
)
def test_is_shown_as_the_language_writes_it(
    type_key: str, raw: Any, shown: tuple[str, ...]
) -> None:
    assert tuple(display(type_key, raw, language) for language in ("en", "ro", "el", "pl")) == shown


def test_moments_are_shown_in_the_readers_time_zone() -> None:
    assert display("datetime", "2026-07-31T21:30:00Z") == "Aug 1, 2026 12:30 AM"


def test_seconds_are_shown_where_there_are_any() -> None:
    field = a_field("time")
    assert "9:05:07" in field.type.display(field, time(9, 5, 7), NAMES)


@pytest.mark.parametrize(
    ("seconds", "shown"), [(5400, "1 h 30 min"), (0, "0 min"), (59, "59 s"), (3_600_000, "1,000 h")]
)
def test_durations_are_shown_with_their_units(seconds: int, shown: str) -> None:
    assert display("duration", seconds) == shown


def test_choices_are_coloured_labels_with_their_text() -> None:
    assert render("choice", "retail") == '<span class="r-label r-label--green">Retail</span>'
    assert render("choice", "it") == '<span class="r-label r-label--blue">IT &amp; software</span>'
    assert render("multi_choice", ["retail", "fax"]).count("r-label") == 3


def test_several_choices_are_shown_in_the_order_of_the_list() -> None:
    assert display("multi_choice", ["it", "retail"]) == "Retail, IT & software"


def test_an_option_that_is_gone_shows_its_key() -> None:
    field = a_field("choice")
    assert field.type.display(field, "gone", NAMES) == "gone"


def test_contacts_are_links() -> None:
    assert render("email", "maria@example.com").startswith('<a href="mailto:maria@example.com">')
    assert render("phone", "+40211234567") == '<a href="tel:+40211234567">+40 21 123 4567</a>'
    assert render("url", "example.com") == (
        '<a href="https://example.com" rel="noopener noreferrer">example.com</a>'
    )


def test_links_in_rich_text_do_not_hand_over_the_window() -> None:
    assert 'rel="noopener"' in render("rich_text", '<a href="https://example.com">x</a>')


def test_a_rating_is_read_out_as_words() -> None:
    shown = render("rating", 4)
    assert 'aria-label="4 of 5"' in shown
    assert "★★★★☆" in shown


def test_users_teams_and_files_are_shown_by_name() -> None:
    assert render("user", 7) == "Ioana &lt;P&gt;"
    assert display("user", 8) == "User 8"
    assert display("team", 3) == "Sales North"
    assert display("file", 9) == "contract.pdf"


def test_linked_records_are_shown_by_title_and_lead_there() -> None:
    assert render("link", 5) == '<a href="/r/5/">Aegean &lt;Optics&gt;</a>'


def test_a_linked_record_that_the_reader_may_not_see_tells_nothing() -> None:
    shown = render("link", [6, 99], multiple=True)
    assert "<a" not in shown
    assert shown.count("not shown to you") == 2


def test_a_computed_value_is_shown_as_its_result() -> None:
    assert display("rollup", "1250 EUR", function="sum", result={"type": "money"}) == "€1,250.00"
    assert display("formula", 2 / 3, result_type="decimal", decimals=3) == "0.667"
    assert display("formula", "1.5", "ro", result_type="decimal", decimals=1) == "1,5"


def test_search_finds_choices_by_every_language_and_rich_text_by_its_words() -> None:
    choice, rich = a_field("choice"), a_field("rich_text")
    assert "Πληροφορική" in choice.type.search_text(choice, "it")
    assert rich.type.search_text(rich, "<p>a<b>b</b></p><p>c &amp; d</p>") == "ab c & d"
