"""Limits that get narrower: values beyond them stand until somebody changes them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import ngettext

from crm_config.field_types.base import ValueRefused
from crm_config.impacts import Impact, Sample
from records.conversions.context import Converting
from records.impact import scan
from records.impact.pairs import Pair


def impacts(pair: Pair) -> Iterator[Impact]:
    after = pair.after
    if after is None or after.retired or after.type.computed or pair.converts:
        return
    if after.type.storage == "links" or dict(after.options) == dict(pair.before.options):
        return
    count, samples = _beyond(pair)
    if count:
        message = ngettext(
            "%(count)s value would not be taken any more. It stands until it is changed.",
            "%(count)s values would not be taken any more. They stand until they are changed.",
            count,
        ) % {"count": count}
        yield Impact(pair.path, message, "note", samples)


def _beyond(pair: Pair) -> tuple[int, list[Sample]]:
    if pair.after is None:
        return 0, []
    context, count = Converting(pair.snapshot).coerce, 0
    samples: list[Sample] = []
    for held in scan.values(pair.record_type, pair.before):
        try:
            pair.after.type.coerce(pair.after, held.value, context)
        except ValueRefused as refusal:
            count += 1
            if len(samples) < scan.SAMPLES:
                why = str(refusal.message)
                samples.append(scan.sample(pair.record_type, pair.before, held, why))
    return count, samples
