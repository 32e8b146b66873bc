"""Texts cut into lines; a letter is one wide."""

from hypothesis import given
from hypothesis import strategies as st

from records.pdf.wrapping import wrapped

WORDS = st.lists(st.text("abcαβγ", min_size=1, max_size=30), max_size=20)


def lines(text, width):
    return wrapped(text, width, len)


def test_lines_end_at_spaces():
    assert lines("one two three", 7) == ["one two", "three"]


def test_what_fits_exactly_fits():
    assert lines("one two", 7) == ["one two"]


def test_a_word_wider_than_a_line_is_cut():
    assert lines("ab cdefghij k", 4) == ["ab", "cdef", "ghij", "k"]


def test_a_space_that_holds_words_together_does_so():
    assert lines("ab cd\u00a0ef", 6) == ["ab", "cd\u00a0ef"]


def test_lines_of_the_text_stay_apart_and_empty_ones_stay():
    assert lines("one\n\ntwo", 10) == ["one", "", "two"]


def test_nothing_is_one_empty_line():
    assert lines("", 10) == [""]


@given(WORDS, st.integers(1, 40))
def test_no_line_is_too_wide_and_no_letter_is_lost(words, width):
    found = lines(" ".join(words), width)
    assert all(len(line) <= width for line in found)
    assert "".join(found).replace(" ", "") == "".join(words)
