"""Which paper a company prints on."""

import pytest

from records.pdf.paper import A4, LETTER, paper_of


@pytest.mark.parametrize("zone", ["America/New_York", "US/Eastern", "America/Toronto"])
def test_letter_where_it_is_usual(zone):
    assert paper_of(zone) == LETTER


@pytest.mark.parametrize("zone", ["Europe/Bucharest", "Europe/Athens", "UTC", "Asia/Tokyo", "?"])
def test_a4_elsewhere(zone):
    assert paper_of(zone) == A4
