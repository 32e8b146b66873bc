"""Documents as other programs read them."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.contrib.staticfiles import finders
from django.utils import translation
from pypdf.generic import NameObject

from records.pdf.bars import Bar, bars
from records.pdf.figures import Figure, figures
from records.pdf.plot import Plot, Spot, plot
from records.pdf.sheet import FILES, About, Sheet
from records.pdf.table import Column, Mark, table
from records.pdf.text import heading, paragraph
from tests.pdf import outline_of, pages_of, read, text_of

ABOUT = About(
    title="Customer satisfaction",
    company="Acme",
    made_at=datetime(2026, 11, 28, 10, 0, tzinfo=UTC),
    time_zone="Europe/Athens",
    language="en",
    subject="Results",
)
LANGUAGES = {
    "ro": "Satisfacția clienților: țară, așteptări, înțelegere, când",
    "el": "Ικανοποίηση πελατών: ό,τι πείτε, ΰ, ώ, Ά",
    "pl": "Zażółć gęślą jaźń, ŁÓDŹ",
    "ru": "Съешь ещё этих мягких французских булок",
}
COLUMNS = [Column("Name", 3), Column("Count", number=True)]


def sheet(**more):
    return Sheet(replace(ABOUT, **more))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [paragraph, heading])
def test_letters_of_many_languages_are_read_back(language, write):
    """In both weights: copied, sought and read aloud, the text is what was written."""
    made = sheet(language=language)
    write(made, LANGUAGES[language])
    assert LANGUAGES[language] in text_of(made.made())


def test_it_says_what_it_is():
    made = read(sheet().made())
    said = made.metadata
    assert (said.title, said.author, said.subject) == ("Customer satisfaction", "Acme", "Results")
    assert said.creation_date == ABOUT.made_at
    assert made.trailer["/Root"]["/Lang"] == "en"
    assert made.trailer["/Root"]["/ViewerPreferences"][NameObject("/DisplayDocTitle")] == True  # noqa: E712


def test_headings_are_its_outline():
    made = sheet()
    for text, level in (("All", 1), ("First", 2), ("Inner", 3), ("Second", 2)):
        heading(made, text, level)
    assert outline_of(made.made()) == ["All", ["First", ["Inner"], "Second"]]


def test_each_page_tells_its_number_the_company_and_the_day():
    made = sheet()
    for _page in range(2):
        made.add_page()
    pages = pages_of(made.made())
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of 3" in page
        assert "Acme" in page
        assert "Nov. 28, 2026" in page


def test_day_and_page_are_told_in_its_language():
    with translation.override("pl"):
        assert "28 listopada 2026" in text_of(sheet(language="pl").made())


def test_its_paper_is_that_of_the_company_s_country():
    box = read(sheet(time_zone="America/New_York").made()).pages[0].mediabox
    assert (float(box.width), float(box.height)) == (612, 792)


def test_a_table_has_its_heads_again_on_each_page():
    made = sheet()
    table(made, COLUMNS, [[f"Row {n}.", str(n)] for n in range(200)])
    pages = pages_of(made.made())
    assert len(pages) > 3
    assert all("Name Count" in page for page in pages)
    assert all(f"Row {n}." in " ".join(pages) for n in range(200))


def test_a_row_that_is_higher_than_a_page_goes_on():
    made = sheet()
    words = " ".join(f"word{n}" for n in range(3000))
    table(made, COLUMNS, [["before", "1"], [words, "2"], ["after", "3"]])
    pages = pages_of(made.made())
    assert len(pages) > 3
    assert all(f"word{n}" in " ".join(pages) for n in range(3000))
    assert "after" in pages[-1]


def test_a_heading_stands_with_what_follows():
    made = sheet()
    made.set_y(made.bottom - 12)
    heading(made, "Next part", 2)
    assert "Next part" in pages_of(made.made())[1]


def test_a_table_without_rows_says_nothing():
    made = sheet()
    table(made, COLUMNS, [])
    assert "Name" not in text_of(made.made())


def test_bars_have_their_figures_beside_them():
    made = sheet()
    found = [Bar("Price", 0.25, ("25 %", "5")), Bar("Care", 0.75, ("75 %", "15"), tone="good")]
    figures = [Column("Share", number=True), Column("n", number=True)]
    bars(made, found, label=Column("Answer", 4), figures=figures)
    assert "Answer Share n Price 25 % 5 Care 75 % 15" in text_of(made.made())


@pytest.mark.parametrize("share", [-1.0, 0.0, 0.5, 1.0, 7.0])
def test_no_bar_leaves_its_cell(share):
    made = Sheet(ABOUT, compress=False)
    table(made, COLUMNS, [[Mark(share), "1"]])
    page = read(made.made()).pages[0].get_contents().get_data().decode("latin-1")
    wide = [float(line.split()[-4]) for line in page.splitlines() if line.endswith(" re f")]
    assert wide and max(wide) == wide[0]
    assert len(wide) == (2 if share > 0 else 1)


def test_key_figures_hold_their_names_and_hints():
    made = sheet()
    figures(made, [Figure("NPS", "42", "±5"), *(Figure(f"f{n}", f"v{n}") for n in range(6))])
    text = text_of(made.made())
    assert all(each in text for each in ("NPS", "42", "±5", "f5", "v5"))


def test_a_plot_has_its_axis():
    made = sheet()
    spots = [Spot(0, 0.5, 0.4, 0.6), Spot(1, 0.2, 0.1, 0.3)]
    plot(made, Plot(spots, [[(0, 0.5), (1, 0.2)]], level=0.9, axis=("Jan", "0 to 10", "Dec")))
    assert "Jan 0 to 10 Dec" in text_of(made.made())


def test_a_language_from_right_to_left_begins_at_the_right():
    made = sheet(language="he")
    places = []
    table(made, [Column("ראש"), Column("סוף")], [["אחת", "שתיים"]])
    read(made.made()).pages[0].extract_text(
        visitor_text=lambda text, _cm, tm, *_rest: places.append((text.strip(), tm[4]))
    )
    where = dict(places)
    assert where["אחת"] > where["שתיים"] > 0


def test_the_typeface_is_the_one_its_readme_tells_of():
    told = (FILES / "README.md").read_text()
    files = sorted(FILES.glob("*.ttf"))
    assert [path.name for path in files] == ["DejaVuSans-Bold.ttf", "DejaVuSans.ttf"]
    for path in files:
        assert hashlib.sha256(path.read_bytes()).hexdigest() in told
        assert path.name in told
    assert "Bitstream Vera Fonts Copyright" in (FILES / "LICENSE").read_text()


def test_the_typeface_is_not_served():
    assert finders.find("DejaVuSans.ttf") is None
    assert not list((FILES.parents[2] / "static").rglob("*.ttf"))
