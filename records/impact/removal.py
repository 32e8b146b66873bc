"""Fields and record types that are archived or removed, and the records they take out of sight."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_config.definitions import TypeDef
from crm_config.impacts import Impact
from records.impact import scan
from records.impact.pairs import Pair
from records.impact.scan import Held
from records.models import Record


def impacts(pair: Pair) -> Iterator[Impact]:
    after = pair.after
    if pair.before.retired or (after is not None and not after.retired):
        return
    count = scan.holders(pair.record_type, pair.before).count()
    if not count:
        return
    message = ngettext(
        "%(count)s record has a value, which is no longer shown.",
        "%(count)s records have a value, which is no longer shown.",
        count,
    ) % {"count": count}
    if after is None:
        kept = _("It stays in the database until an operator purges it.")
    else:
        kept = _("It is kept, and comes back with the field.")
    samples = [
        scan.sample(pair.record_type, pair.before, held)
        for held in scan.values(pair.record_type, pair.before, most=scan.SAMPLES)
    ]
    yield Impact(pair.path, f"{message} {kept}", "loss", samples)


def of_type(record_type: TypeDef, becomes: TypeDef | None) -> Iterator[Impact]:
    rows = Record.unscoped.of(record_type)
    count = rows.count()
    if not count:
        return
    message = ngettext(
        "%(count)s record leaves lists, searches and links.",
        "%(count)s records leave lists, searches and links.",
        count,
    ) % {"count": count}
    if becomes is None:
        kept = _("They stay in the database until an operator purges them.")
    else:
        kept = _("They are kept, and come back with the type.")
    samples = [
        scan.sample(record_type, record_type.system["title"], Held(pk, title, None))
        for pk, title in rows.order_by("pk").values_list("pk", "title")[: scan.SAMPLES]
    ]
    yield Impact(("record_types", record_type.key), f"{message} {kept}", "loss", samples)
