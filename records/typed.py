"""What people type into forms, kept on the server while they do. It is theirs alone, and nothing is written to
records from here: whoever goes on with it sends the form, as anybody does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from crm_config.field_types.base import is_blank
from crm_config.field_types.support.widgets import PartsField
from records.models import TypedDraft

KEPT_FOR = timedelta(days=30)
#: Of one person; those begun to be typed longest ago give way.
MOST = 50
#: Bytes of one draft's values, as JSON.
LARGEST = 256 * 1024
TOKEN = 36


class Ended(Exception):
    """It was sent or discarded: what comes late is dropped everywhere."""


class TooLarge(Exception):
    """More than the server keeps of one form."""


@dataclass(frozen=True)
class Place:
    """A form that can be opened: `name` is the same for whoever opens it again."""

    name: str
    address: str
    record_id: int | None = None
    base_version: int | None = None


def changed(found: Iterable[forms.BaseForm]) -> list[str]:
    """The names of the fields that differ from what stood there; files cannot be kept."""
    return [
        form.add_prefix(key)
        for form in found
        for key in form.changed_data
        if not isinstance(form.fields[key], forms.FileField) and _was_typed(form[key])
    ]


def _was_typed(bound: forms.BoundField) -> bool:
    """Of a value in parts, a choice among them says something before anybody did: a currency, a country."""
    field = bound.field
    if not isinstance(field, PartsField) or not is_blank(bound.initial):
        return True
    said = zip(field.fields, bound.data, strict=True)
    return any(
        not is_blank(value) for part, value in said if not isinstance(part, forms.ChoiceField)
    )


def said(
    data: QueryDict, names: Sequence[str], found: Iterable[forms.BaseForm]
) -> dict[str, list[str]]:
    """What the controls of some fields say: one may have several, each named after it."""
    known = [form.add_prefix(key) for form in found for key in form.fields]
    kept = {}
    for control in data:
        owners = [name for name in known if _belongs(control, name)]
        if owners and max(owners, key=len) in names:
            kept[control] = [str(value) for value in data.getlist(control)]
    return kept


def _belongs(control: str, name: str) -> bool:
    return control == name or (control.startswith(name) and control[len(name)] in "_-")


def keep(
    user_id: int,
    token: str,
    place: Place,
    *,
    keys: Sequence[str],
    values: Mapping[str, Sequence[str]],
    at: datetime,
) -> None:
    """`at`: when it was typed; what is older than what is kept changes nothing. Typed and taken back again, it is
    dropped. Raises `Ended` and `TooLarge`."""
    if len(json.dumps(values)) > LARGEST or len(place.address) > 1000:
        raise TooLarge
    at = min(at, timezone.now())
    with transaction.atomic():
        row = _own(user_id).select_for_update().filter(token=token).first()
        if row is not None and row.ended_at is not None:
            raise Ended
        if not keys:
            if row is not None:
                row.delete()
            return
        if row is None:
            row = TypedDraft(user_id=user_id, token=token, began_at=at, typed_at=at)
        elif row.typed_at > at:
            return
        row.place, row.address, row.record_id = place.name, place.address, place.record_id
        row.base_version, row.keys, row.values = place.base_version, list(keys), dict(values)
        row.typed_at = at
        row.save()
        _limit(user_id)


def begun(user_id: int, place: str) -> list[TypedDraft]:
    """What a person began in one form, the latest first."""
    return list(_open(user_id).filter(place=place)[:5])


def find(user_id: int | None, token: str) -> TypedDraft | None:
    if user_id is None or not token:
        return None
    return _open(user_id).filter(token=token).first()


def end(user_id: int, token: str, *, place: str = "") -> None:
    """Sent or discarded. A token that the server never saw is ended too: its copy may be on its way."""
    if not token or len(token) > TOKEN:
        return
    now = timezone.now()
    gone = {"keys": [], "values": {}, "ended_at": now, "address": ""}
    if not _own(user_id).filter(token=token).update(**gone):
        row = TypedDraft(user_id=user_id, token=token, place=place, ended_at=now)
        TypedDraft.objects.bulk_create([row], ignore_conflicts=True)


def forget_old() -> int:
    """Drops what nobody went on with; how many."""
    return TypedDraft.objects.filter(typed_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _limit(user_id: int) -> None:
    """Ended rather than deleted: else another browser's copy of one would bring it back."""
    over = list(_open(user_id).values_list("pk", flat=True)[MOST : MOST * 2])
    if over:
        gone = {"keys": [], "values": {}, "ended_at": timezone.now(), "address": ""}
        TypedDraft.objects.filter(pk__in=over).update(**gone)


def _own(user_id: int) -> QuerySet[TypedDraft]:
    return TypedDraft.objects.filter(user=user_id)


def _open(user_id: int) -> QuerySet[TypedDraft]:
    kept_since = timezone.now() - KEPT_FOR
    return _own(user_id).filter(ended_at=None, typed_at__gte=kept_since)
