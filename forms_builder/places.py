"""Places of a form and of its options: taken by whoever changes the row from what they saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from forms_builder.definitions import FormDef, ItemDef
from forms_builder.engine.fields import fields_of
from forms_builder.models import Place


class Full(Exception):
    """Nothing is left; `item` names the one whose option it was."""

    def __init__(self, message: str, item: str = "") -> None:
        self.item = item
        super().__init__(message)


Claim = tuple[str, str, int]


def claims(form: FormDef, values: Mapping[str, Any]) -> list[Claim]:
    """Item, option and how many places there are, for what was chosen."""
    found: list[Claim] = []
    if most := form.settings.get("most"):
        found.append(("", "", most))
    for item in form.items.values():
        raw = values.get(item.key)
        chosen = raw if isinstance(raw, list | tuple) else [raw]
        found += [
            (item.key, str(option), item.capacity[str(option)])
            for option in chosen
            if str(option) in item.capacity
        ]
    return found


def claim(form: FormDef, values: Mapping[str, Any], snapshot: Snapshot) -> None:
    """In the caller's transaction. Raises `Full`."""
    for item, option, most in claims(form, values):
        place: dict[str, Any] = {"form": form.key, "item": item, "option": option}
        Place.objects.get_or_create(**place)
        free = Place.objects.filter(**place, taken__lt=most)
        if not free.update(taken=F("taken") + 1):
            raise Full(_said(form, item, option, snapshot), item)


def release(form: FormDef, values: Mapping[str, Any]) -> None:
    for item, option, _most in claims(form, values):
        held = Place.objects.filter(form=form.key, item=item, option=option, taken__gt=0)
        held.update(taken=F("taken") - 1)


def taken(form: FormDef) -> dict[tuple[str, str], int]:
    rows = Place.objects.filter(form=form.key).values_list("item", "option", "taken")
    return {(item, option): number for item, option, number in rows}


def full_options(item: ItemDef, held: Mapping[tuple[str, str], int]) -> set[str]:
    return {
        option for option, most in item.capacity.items() if held.get((item.key, option), 0) >= most
    }


def is_full(form: FormDef, held: Mapping[tuple[str, str], int]) -> bool:
    most: int = form.settings.get("most", 0)
    return bool(most) and held.get(("", ""), 0) >= most


def _said(form: FormDef, item: str, option: str, snapshot: Snapshot) -> str:
    if not item:
        return _("All places are taken.")
    f = fields_of(form, snapshot)[item]
    known = f.choice_map.get(option)
    name = known.label if known else option
    return _("“%(option)s” is full by now. Choose another.") % {"option": name}
