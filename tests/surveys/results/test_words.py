"""The words of answers in one's own words."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.results.words import word_list


def counted(*texts, least=1):
    return {word.text: word.n for word in word_list(texts, least=least)}


def test_a_word_counts_once_for_each_answer():
    assert counted("Delivery, delivery, DELIVERY!", "the delivery was late") == {
        "delivery": 2,
        "late": 1,
    }


def test_words_of_four_languages_that_say_nothing_are_left_out():
    assert counted("și livrarea este lentă") == {"livrarea": 1, "lentă": 1}
    assert counted("η παράδοση ήταν αργή και δεν μας είπαν") == {
        "παράδοση": 1,
        "αργή": 1,
        "είπαν": 1,
    }
    assert counted("bardzo długo się czeka i nie wiadomo") == {"długo": 1, "czeka": 1, "wiadomo": 1}
    assert counted("we don't like it because of the price") == {"price": 1}


def test_accents_and_case_make_no_other_word():
    assert counted("Παράδοση", "παραδοση", "παράδοση") == {"παράδοση": 3}
    assert counted("λόγος", "ΛΟΓΟΣ") == {"λόγος": 2}


def test_the_commonest_stand_first_and_rare_ones_are_left_out():
    found = word_list(["price support", "price", "support price", "once"])
    assert [(word.text, word.n) for word in found] == [("price", 3), ("support", 2)]


@given(st.lists(st.text(max_size=200), max_size=20))
def test_whatever_is_written_it_counts_no_more_than_there_are(texts):
    assert all(word.n <= len(texts) for word in word_list(texts, least=1))
