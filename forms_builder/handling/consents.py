"""What was agreed to, kept with its text, its purpose and the moment."""

from __future__ import annotations

from typing import Any

from crm_config import labels
from crm_config.definitions import TypeDef
from forms_builder.definitions import ItemDef
from forms_builder.handling.work import Work
from forms_builder.items.base import Place
from forms_builder.items.consent import whose
from forms_builder.models import Consent
from records.gate.change import Change
from records.selectors import get


def given(work: Work) -> list[ItemDef]:
    """The consents that were ticked."""
    return [
        item
        for item in work.form.items.values()
        if item.kind == "consent" and work.values.get(item.key) is True
    ]


def keep(work: Work, records: dict[str, int]) -> None:
    """`records` holds the form's own record under an empty text, the linked ones under the link's key."""
    agreed = given(work)
    at = work.submission.confirmed_at or work.submission.created_at
    Consent.objects.bulk_create(
        Consent(
            record_id=records.get(item.options.get("of", "")),
            submission=work.submission,
            purpose=item.options["purpose"],
            text=text_of(item, work.submission.language),
            language=work.submission.language,
            form=work.form.key,
            item=item.key,
            config_version=work.submission.config_version,
            at=at,
        )
        for item in agreed
    )
    for item in agreed:
        pk = records.get(item.options.get("of", ""))
        owner = whose(Place(item, work.form, work.access.snapshot))
        if pk is not None and owner is not None:
            _tell(work, item, pk, owner)


def text_of(item: ItemDef, language: str) -> str:
    return labels.text(item.options["text"], language=language or None)


def _tell(work: Work, item: ItemDef, pk: int, owner: TypeDef) -> None:
    """On the record itself, where the form says which field tells it."""
    values: dict[str, Any] = {}
    f = owner.all_fields.get(item.options.get("field", ""))
    view = get(pk, access=work.access)
    if f is not None:
        standing = view.value(f.key)
        option = item.options.get("option")
        if f.type.key == "multi_choice":
            values[f.key] = sorted({*(standing or ()), option})
        else:
            values[f.key] = option if f.type.has_choices else True
    day = owner.all_fields.get(item.options.get("date_field", ""))
    if day is not None:
        values[day.key] = work.access.now.astimezone(work.access.tz).date()
    if values:
        work.write(Change("change", id=pk, values=values), "consent")
