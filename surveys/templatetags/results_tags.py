"""Figures as people read them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.results.measures.base import Measure, Score
from surveys.scores.wilson import Share

register = template.Library()


@register.filter
def figure(value: float | str | None, decimals: int = 0) -> str:
    """Rounded, as the reader's language writes it. A dash for what is not there, as templates say it too."""
    if not isinstance(value, int | float):
        return "–"
    # So that what rounds to nought has no sign.
    rounded = round(value, decimals) + 0.0
    return number_format(rounded, decimals, use_l10n=True, force_grouping=True)


@register.filter
def score(value: Score | None, measure: Measure) -> str:
    """With its unit."""
    if value is None or value.value is None:
        return "–"
    return f"{figure(value.value, measure.decimals)}{measure.unit}"


@register.filter
def margin(value: Score | None, measure: Measure) -> str:
    if value is None or value.margin is None:
        return ""
    return f"±{figure(value.margin, measure.decimals)}"


@register.filter
def percent(share: Share | None) -> str:
    value = None if share is None else share.value
    return "–" if value is None else _("%(number)s %%") % {"number": figure(100 * value)}


@register.filter
def interval(share: Share) -> str:
    """From the lowest to the highest share that goes with the sample."""
    if share.low is None or share.high is None:
        return ""
    low, high = figure(100 * share.low), figure(100 * share.high)
    return _("%(low)s to %(high)s %%") % {"low": low, "high": high}


@register.filter
def width(share: Share) -> str:
    """For a drawing that is 100 wide."""
    return f"{100 * (share.value or 0):.1f}"


@register.filter
def coordinate(value: float) -> str:
    return f"{value:.1f}"


@register.filter
def seconds(value: float | None) -> str:
    if value is None:
        return "–"
    if value < 60:
        return ngettext("%(count)s second", "%(count)s seconds", round(value)) % {
            "count": round(value)
        }
    minutes, rest = divmod(round(value), 60)
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}


@register.filter
def at(mapping: Any, key: Any) -> Any:
    return mapping.get(key)
