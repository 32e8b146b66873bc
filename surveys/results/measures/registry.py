"""All measures, by key."""

from collections.abc import Mapping

from surveys.results.measures.base import Measure
from surveys.results.measures.ces import CesMeasure
from surveys.results.measures.choice import ChoiceMeasure
from surveys.results.measures.csat import CsatMeasure
from surveys.results.measures.nps import NpsMeasure
from surveys.results.measures.number import NumberMeasure
from surveys.results.measures.points import PointsMeasure
from surveys.results.measures.rating import RatingMeasure
from surveys.results.measures.text import TextMeasure

MEASURES: Mapping[str, Measure] = {
    measure.key: measure
    for measure in (
        NpsMeasure(),
        CsatMeasure(),
        CesMeasure(),
        RatingMeasure(),
        NumberMeasure(),
        PointsMeasure(),
        ChoiceMeasure(),
        TextMeasure(),
    )
}


def measure_of(key: str) -> Measure:
    """One that counts nothing for what is not measured."""
    return MEASURES.get(key) or NOTHING


NOTHING = Measure()
