"""Values whose field takes another kind, other decimals or another base currency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.field_types.base import ValueRefused
from crm_config.impacts import Impact, Sample
from records.conversions.context import Converting
from records.conversions.convert import Converted, convert
from records.conversions.table import possible, worked_out
from records.impact import scan
from records.impact.pairs import Pair


@dataclass
class DryRun:
    """What became of the values looked at: `kept` (of them `rounded`), and `lost` to the new kind."""

    kept: int = 0
    rounded: int = 0
    lost: int = 0
    samples: list[Sample] = field(default_factory=list)

    @property
    def capped(self) -> bool:
        return self.kept + self.lost >= scan.MOST


def dry_run(record_type: TypeDef, before: FieldDef, after: FieldDef, snapshot: Snapshot) -> DryRun:
    found, context = DryRun(), Converting(snapshot)
    for held in scan.values(record_type, before):
        converted, why = _tried(before, after, held.value, context)
        if converted is None:
            found.lost += 1
        else:
            found.kept += 1
            found.rounded += not converted.exact
            if converted.exact:
                continue
            why = _("Cut to %(value)s") % {
                "value": after.type.display(
                    after, converted.value, scan.names(after, converted.value)
                )
            }
        if len(found.samples) < scan.SAMPLES:
            found.samples.append(scan.sample(record_type, before, held, why))
    return found


def _tried(
    before: FieldDef, after: FieldDef, value: object, context: Converting
) -> tuple[Converted | None, str]:
    try:
        return convert(before, after, value, context), ""
    except ValueRefused as refusal:
        return None, str(refusal.message)


def impacts(pair: Pair) -> Iterator[Impact]:
    if pair.after is None or not pair.converts or worked_out(pair.before):
        return
    if refused := blocked(pair):
        yield refused
        return
    found = dry_run(pair.record_type, pair.before, pair.after, pair.snapshot)
    if found.kept or found.lost:
        level: Literal["loss", "note"] = "loss" if found.lost or found.rounded else "note"
        yield Impact(pair.path, " ".join(_told(found)), level, found.samples)


def _told(found: DryRun) -> Iterator[str]:
    if found.capped:
        yield _("Of the first %(count)s values:") % {"count": scan.MOST}
    yield ngettext("%(count)s value converts.", "%(count)s values convert.", found.kept) % {
        "count": found.kept
    }
    if found.rounded:
        yield ngettext(
            "%(count)s is cut off; the history keeps it whole.",
            "%(count)s are cut off; the history keeps them whole.",
            found.rounded,
        ) % {"count": found.rounded}
    if found.lost:
        yield ngettext(
            "%(count)s does not: it is kept aside and listed, and comes back with the old kind.",
            "%(count)s do not: they are kept aside and listed, and come back with the old kind.",
            found.lost,
        ) % {"count": found.lost}


def blocked(pair: Pair) -> Impact | None:
    """No value could become one of the new kind, and there are values."""
    if pair.after is None or not pair.converts or possible(pair.before, pair.after):
        return None
    if worked_out(pair.before):
        return None
    count = scan.holders(pair.record_type, pair.before).count()
    if not count:
        return None
    message = ngettext(
        "%(count)s record has a value, and “%(old)s” cannot become “%(new)s”. "
        "Archive this field and add a new one.",
        "%(count)s records have a value, and “%(old)s” cannot become “%(new)s”. "
        "Archive this field and add a new one.",
        count,
    ) % {"count": count, "old": pair.before.type.label, "new": pair.after.type.label}
    return Impact(pair.path, message, "blocking")
