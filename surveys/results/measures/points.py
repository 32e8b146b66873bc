"""The points of whole responses: see `surveys.scores.points`."""

from django.utils.translation import gettext_lazy as _

from surveys.results.measures.number import NumberMeasure


class PointsMeasure(NumberMeasure):
    key = "points"
    name = _("Points")
