"""Files that came with what was refused: nobody will look for them, and they are not kept as long as the rest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm_config.definitions import FieldDef
from crm_config.live import live
from forms_builder import uploads
from forms_builder.definitions import FormDef, forms_of
from forms_builder.engine.fields import fields_of
from forms_builder.models import Submission

#: What was refused by mistake can be replayed meanwhile, with its files.
KEPT_FOR = timedelta(days=7)
AT_ONCE = 500


def forget() -> int:
    """Deletes them; how many went. Of other channels than pages no files come in."""
    snapshot, before = live(), timezone.now() - KEPT_FOR
    refused = Submission.objects.filter(
        status=Submission.Status.REFUSED,
        channel=Submission.Channel.PAGE,
        created_at__lt=before,
    ).exclude(values={})
    gone = 0
    for form in forms_of(snapshot).values():
        fields = fields_of(form, snapshot)
        files = {key: f for key, f in fields.items() if f.type.group == "file"}
        if files:
            gone += _of(form, files, refused)
    return gone


def _of(form: FormDef, files: dict[str, FieldDef], refused: Any) -> int:
    gone = 0
    for row in refused.filter(form=form.key).order_by("pk").iterator(AT_ONCE):
        found = [
            {"id": row.values[key], "kind": f.type.key}
            for key, f in files.items()
            if isinstance(row.values.get(key), int)
        ]
        if not found:
            continue
        values = {key: value for key, value in row.values.items() if key not in files}
        # Somebody may be replaying it at this moment: then the files are a record's.
        still = Submission.objects.filter(pk=row.pk, status=Submission.Status.REFUSED)
        if still.update(values=values):
            uploads.discard(found)
            gone += len(found)
    return gone
