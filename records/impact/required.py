"""A field that is to be required: records without a value stay as they are until somebody empties it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import ngettext

from crm_config.impacts import Impact
from records.impact import scan
from records.impact.pairs import Pair
from records.impact.scan import Held
from records.models import Record


def impacts(pair: Pair) -> Iterator[Impact]:
    after = pair.after
    if after is None or not after.required or after.retired or pair.before.type.computed:
        return
    if pair.before.required and not pair.before.retired:
        return
    rows = Record.unscoped.of(pair.record_type).filter(archived_at=None)
    rows = rows.exclude(pk__in=scan.holders(pair.record_type, pair.before).values("pk"))
    count = rows.count()
    if not count:
        return
    message = ngettext(
        "%(count)s record has no value. It can still be changed; new records need one.",
        "%(count)s records have no value. They can still be changed; new records need one.",
        count,
    ) % {"count": count}
    found = rows.order_by("pk").values_list("pk", "title")[: scan.SAMPLES]
    samples = [
        scan.sample(pair.record_type, pair.before, Held(pk, title, None)) for pk, title in found
    ]
    yield Impact(pair.path, message, "note", samples)
