"""A text: its words are counted, see `surveys.results.words`."""

from surveys.results.measures.base import Measure


class TextMeasure(Measure):
    key = "text"
