"""What people agreed to in forms, as the contact budget asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm_config.definitions import Snapshot
from forms_builder.definitions import in_use
from forms_builder.models import Consent


def last_words(record_ids: Sequence[int], purpose: str) -> Mapping[int, bool]:
    """Each person's last word on a purpose."""
    rows = Consent.objects.filter(record__in=record_ids, purpose=purpose).order_by("at", "pk")
    return dict(rows.values_list("record_id", "given"))


def purposes(snapshot: Snapshot) -> Mapping[str, str]:
    """Those that public forms ask for."""
    found = {}
    for form in in_use(snapshot, "public"):
        for item in form.items.values():
            if item.kind == "consent":
                key = item.options["purpose"]
                found[key] = key.replace("_", " ").capitalize()
    return found
