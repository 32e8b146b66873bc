"""Saved views: lists as people like them, their own and those that others share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from crm_config.definitions import TypeDef
from records.access import Access
from records.models import SavedView


def views_of_type(record_type: TypeDef, *, access: Access) -> list[SavedView]:
    """One's own first, then what others share."""
    mine_or_shared = Q(owner=access.user_id) | Q(shared=True)
    found = SavedView.objects.filter(mine_or_shared, type=record_type.key).select_related("owner")
    return sorted(found, key=lambda v: (v.owner_id != access.user_id, v.order, v.name.casefold()))


def opens_first(views: list[SavedView], *, access: Access) -> SavedView | None:
    return next((v for v in views if v.default and v.owner_id == access.user_id), None)


def own_view(pk: int, *, access: Access) -> SavedView:
    """Raises `SavedView.DoesNotExist` for another's: those are looked at, not changed."""
    return SavedView.objects.get(pk=pk, owner=access.user_id)


@transaction.atomic
def keep(view: SavedView, *, query: Mapping[str, Any] | None = None) -> SavedView:
    """Save one's own view; at most one of a type opens first."""
    if query is not None:
        view.query = dict(query)
    if view.default:
        others = SavedView.objects.filter(owner=view.owner_id, type=view.type, default=True)
        others.exclude(pk=view.pk).update(default=False)
    view.save()
    return view
