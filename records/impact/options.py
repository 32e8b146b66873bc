"""Options that are archived or taken away, and the records that hold them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_config.definitions import OptionDef
from crm_config.expressions import ArrayHas, DataValue
from crm_config.impacts import Impact
from records.impact import scan
from records.impact.pairs import Pair
from records.impact.scan import Held
from records.models.record import RecordQuerySet


def impacts(pair: Pair) -> Iterator[Impact]:
    after = pair.after
    if after is None or after.retired or pair.converts or not after.type.has_choices:
        return
    for option in pair.before.choices:
        becomes = after.choice_map.get(option.key)
        if becomes is None or (becomes.retired and not option.retired):
            yield from _told(pair, option, gone=becomes is None)


def _told(pair: Pair, option: OptionDef, *, gone: bool) -> Iterator[Impact]:
    rows = holding(pair, option.key)
    count = rows.count()
    if not count:
        return
    if gone:
        message = ngettext(
            "%(count)s record holds “%(option)s”: it keeps it, without a name. "
            "Archive the option instead.",
            "%(count)s records hold “%(option)s”: they keep it, without a name. "
            "Archive the option instead.",
            count,
        )
    else:
        message = ngettext(
            "%(count)s record holds “%(option)s” and keeps it; it cannot be chosen anew.",
            "%(count)s records hold “%(option)s” and keep it; it cannot be chosen anew.",
            count,
        )
    samples = [
        scan.sample(pair.record_type, pair.before, Held(pk, title, None), _("Holds it"))
        for pk, title in rows.order_by("pk").values_list("pk", "title")[: scan.SAMPLES]
    ]
    yield Impact(
        (*pair.path, "choices", option.key),
        message % {"count": count, "option": option.label},
        "loss" if gone else "note",
        samples,
    )


def holding(pair: Pair, key: str) -> RecordQuerySet:
    f = pair.before
    rows = scan.holders(pair.record_type, f)
    if f.type.sql_kind == "array":
        return rows.filter(ArrayHas(DataValue(f.stored_key, "array"), [key]))
    return rows.annotate(held=DataValue(f.stored_key)).filter(held=key)
