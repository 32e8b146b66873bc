"""What of the records concerned somebody may be shown: who administers may not for that reason see records, nor
read what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm_config.definitions import TypeDef
from crm_config.impacts import Impact, Sample
from records.access import Access
from records.impact.scan import Held, title_of
from records.models import Record

TYPE, FIELD = 1, 3


def seen(impact: Impact, access: Access) -> Impact:
    """The impact with those samples that the person may see. Its numbers are of all records."""
    if not impact.samples:
        return impact
    record_type = access.snapshot.types.get(impact.path[TYPE])
    key = impact.path[FIELD] if len(impact.path) > FIELD else "title"
    samples = samples_seen(impact.samples, record_type, key, access) if record_type else ()
    return replace(impact, samples=samples)


def samples_seen(
    samples: Sequence[Sample], record_type: TypeDef, key: str, access: Access
) -> Sequence[Sample]:
    """Those of records that the person sees, if they read the field; a title they do not read is left out."""
    if not reads(record_type, key, access):
        return ()
    rows = Record.unscoped.of(record_type).filter(access.q("view", record_type))
    visible = set(rows.filter(pk__in=[s.id for s in samples]).values_list("pk", flat=True))
    found = [sample for sample in samples if sample.id in visible]
    if reads(record_type, "title", access):
        return found
    return [replace(s, record=title_of(record_type, Held(s.id, "", None))) for s in found]


def reads(record_type: TypeDef, key: str, access: Access) -> bool:
    """Fields out of use are in nobody's rights: only those without limits read what is left in them."""
    return access.unlimited or key in access.readable_everywhere(record_type)
