"""When a person is erased, their answers are nobody's: what can be counted stays, what they wrote does not."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from crm_config.definitions import Snapshot
from forms_builder import uploads
from records.models import Event
from records.subscribers import Follower
from surveys.definitions import surveys_of
from surveys.models import Response
from surveys.models.sending import new_token

#: What stands for the key by which the person could be found again; that it was done.
ERASED = "erased:"
AT_ONCE = 500


def anonymise() -> int:
    """Of whoever was asked in person and is erased since; how many responses."""
    rows = Response.objects.filter(invitation__isnull=False, person=None, invitation__person=None)
    ids = rows.exclude(key__startswith=ERASED).values_list("pk", flat=True)[:AT_ONCE]
    for pk in list(ids):
        _forget(pk)
    return len(ids)


def _forget(pk: int) -> None:
    with transaction.atomic():
        row = Response.objects.select_for_update().get(pk=pk)
        written = set(row.answers.exclude(text="").values_list("question", flat=True))
        counted = set(row.answers.values_list("question", flat=True)) - written
        row.answers.exclude(text="").update(text="")
        files = [*row.files.values(), *(row.editing or {}).get("files", {}).values()]
        row.values = {key: value for key, value in row.values.items() if key in counted}
        row.key, row.token, row.sender = f"{ERASED}{pk}", new_token(), ""
        row.fixed, row.files, row.editing = {}, {}, None
        row.save()
        transaction.on_commit(lambda: uploads.discard(files))


def tell(events: Sequence[Event]) -> None:
    if any(event.action == Event.Action.DELETED for event in events):
        anonymise()


def wants(snapshot: Snapshot, record_type: str, keys: frozenset[str], action: str) -> bool:
    return action == "delete" and bool(surveys_of(snapshot))


FOLLOWER = Follower(tell, wants)
