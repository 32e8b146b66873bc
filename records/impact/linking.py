"""Links that may hold fewer records than before, or no longer records of some type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import ngettext

from crm_config.impacts import Impact
from records.impact import scan
from records.impact.pairs import Pair
from records.impact.scan import Held
from records.models import Record, RecordLink


def impacts(pair: Pair) -> Iterator[Impact]:
    after = pair.after
    if after is None or after.retired or after.type.key != "link" or pair.converts:
        return
    before = pair.before
    lost = set(before.options.get("targets", ())) - set(after.options.get("targets", ()))
    if lost:
        yield from _told(
            pair, _links(pair).filter(target__type__in=lost).values("source"), _to_other_types
        )
    if before.options.get("multiple") and not after.options.get("multiple"):
        several = _links(pair).values("source").annotate(n=Count("pk")).filter(n__gt=1)
        yield from _told(pair, several.values("source"), _to_several)


def _links(pair: Pair) -> QuerySet[RecordLink]:
    low, high = pair.record_type.first_id, pair.record_type.end_id
    return RecordLink.objects.filter(
        field=pair.before.key, source__gte=low, source__lt=high
    ).order_by()


def _told(pair: Pair, sources: QuerySet[Any, Any], says: Callable[[int], str]) -> Iterator[Impact]:
    rows = Record.unscoped.of(pair.record_type).filter(pk__in=sources)
    count = rows.count()
    if count:
        samples = [
            scan.sample(pair.record_type, pair.before, Held(pk, title, None))
            for pk, title in rows.order_by("pk").values_list("pk", "title")[: scan.SAMPLES]
        ]
        yield Impact(pair.path, says(count) % {"count": count}, "note", samples)


def _to_other_types(count: int) -> str:
    return ngettext(
        "%(count)s record links to a type that may no longer be linked. It stands until it is changed.",
        "%(count)s records link to a type that may no longer be linked. They stand until they are changed.",
        count,
    )


def _to_several(count: int) -> str:
    return ngettext(
        "%(count)s record links to several. They stand until the field is changed.",
        "%(count)s records link to several each. They stand until the field is changed.",
        count,
    )
