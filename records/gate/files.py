"""Which stored files somebody may put into a record: whoever sees the record can open them from then on, and the
field says of what kind and how large they may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from crm_config.field_types.support.uploads import Upload
from records.access import Access
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.models import Event
from records.uploads import COLLECTION

KINDS = ("file", "image")


def usable(kind: str, ids: Iterable[int], access: Access) -> set[int]:
    """Of records' own files (those of pages are none), those that the person uploaded; for the system, all."""
    wanted = list(ids)
    if not wanted:
        return set()
    rows = _stored(kind, wanted)
    if not access.authority:
        rows = rows.filter(uploaded_by_user=access.user_id)
    return set(rows.values_list("pk", flat=True))


def was_here(draft: Draft, f: FieldDef, file_id: int) -> bool:
    """Whether the same field of the same record held it before, so that it may be put back."""
    if draft.record is None:
        return False
    told = Event.objects.filter(record_id=draft.record.pk, changes__has_key=f.key)
    held = any(file_id in changes[f.key] for changes in told.values_list("changes", flat=True))
    return held and _stored(f.type.key, [file_id]).exists()


def gate(batch: Batch) -> None:
    """Registered with the gate: a file that a field did not hold before is of a kind and size that the field takes,
    through whatever field it was uploaded. One query for files, one for images."""
    fresh = [
        (draft, f, f.type, int(draft.after[key]))
        for draft in batch.judged("create", "change")
        for key in sorted(draft.changed() - draft.refused_fields)
        if (f := draft.record_type.fields.get(key)) and key in draft.after
        if isinstance(f.type, Upload)
    ]
    items = {
        (kind, item.pk): item
        for kind in KINDS
        if (ids := [pk for _draft, _f, upload, pk in fresh if upload.key == kind])
        for item in _stored(kind, ids)
    }
    for draft, f, upload, pk in fresh:
        item = items.get((upload.key, pk))
        try:
            if item is not None:
                upload.check_file(f, name=item.filename, size=_size(item))
        except ValueRefused as refusal:
            draft.refuse(refusal.code, refusal.message, f.key)


def _size(item: Any) -> int:
    """What was noted when it was stored; else of the file itself."""
    return int(item.file.size if item.file_size is None else item.file_size)


def _stored(kind: str, ids: list[int]) -> Any:
    model = get_image_model() if kind == "image" else get_document_model()
    return model.objects.filter(pk__in=ids, collection__name=COLLECTION)
