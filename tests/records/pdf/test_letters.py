"""Which letters documents hold, and in which order they stand on paper."""

import pytest

from records.pdf.letters import MISSING, in_order, written

KNOWN = frozenset(map(ord, "abc ăș(){}שלום□é12"))


def test_letters_that_the_typeface_has_stay():
    assert written("abc ăș", KNOWN) == "abc ăș"


def test_one_that_it_lacks_is_seen_to_be_missing():
    assert written("a漢b", KNOWN) == f"a{MISSING}b"


def test_letters_in_two_parts_are_put_together():
    assert written("e\u0301", KNOWN) == "é"


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u200b", "\u202e", "\ud800", "\ufeff"])
def test_what_cannot_be_seen_is_left_out(sign):
    assert written(f"a{sign}b", KNOWN) == "ab"


def test_every_space_is_a_space_and_lines_stay_apart():
    assert written("a\tb\u00a0c\r\na", KNOWN) == "a b c\na"


def test_texts_from_left_to_right_are_not_touched():
    assert in_order("abc (12)", rtl=False) == "abc (12)"


def test_words_from_right_to_left_are_turned():
    assert in_order("abc שלום", rtl=False) == "abc םולש"


def test_in_a_language_from_right_to_left_brackets_are_mirrored():
    assert in_order("abc (שלום) 12", rtl=True) == "12 (םולש) abc"


def test_the_place_of_the_number_of_pages_stays_whole():
    assert in_order("שלום 1 {p}", rtl=True, alias="{p}") == "{p} 1 םולש"
