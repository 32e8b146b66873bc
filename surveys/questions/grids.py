"""Field types of questions with several inputs. None is registered: no field of a record is of such a type, and
conditions ask only whether they were answered."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.definitions import FieldDef
from crm_config.field_types import registry
from crm_config.field_types.base import CoerceContext, FieldType, Json, ValueRefused, is_blank
from crm_config.field_types.support.options import get, refuse_retired
from crm_config.field_types.support.widgets import PartsField


class PartsType(FieldType):
    """Its raw value is a dict of raw values by part."""

    description = ""
    sql_kind = "none"
    can_sort = False

    def names(self, field: FieldDef) -> Mapping[str, str]:
        """The parts, with what they are called."""
        raise NotImplementedError

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        names = dict(self.names(field))
        return PartsField({key: forms.CharField() for key in names}, names, **kwargs)

    def given(self, field: FieldDef, raw: Any) -> dict[str, Any]:
        """The parts that say something. Raises `ValueRefused` for parts that are not asked for."""
        if not isinstance(raw, Mapping):
            raise ValueRefused("parts", _("Answer each part by itself."))
        names = self.names(field)
        for key in raw:
            if key not in names:
                message = _("“%(text)s” is not asked for any more. Look through your answers.")
                raise ValueRefused("unknown_part", message % {"text": str(key)[:100]})
        return {key: raw[key] for key in names if not is_blank(raw.get(key))}


class MatrixType(PartsType):
    """An option for each of the field's `rows`; all of them where it says `every`."""

    key = "matrix"
    label = "matrix"
    has_choices = True

    def names(self, field: FieldDef) -> Mapping[str, str]:
        rows = field.options["rows"]
        return {row["key"]: labels.text(row.get("labels"), default=row["key"]) for row in rows}

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> dict[str, str] | None:
        given = self.given(field, raw)
        if given and field.options.get("every") and len(given) < len(self.names(field)):
            missing = next(name for key, name in self.names(field).items() if key not in given)
            raise ValueRefused("rows", _("Answer “%(row)s” too.") % {"row": missing})
        return {key: get(field, each).key for key, each in given.items()} or None

    def check_new(self, field: FieldDef, value: Any, current: Any) -> None:
        refuse_retired(field, set((value or {}).values()))

    def random_value(self, field: FieldDef, rng: random.Random) -> dict[str, str]:
        keys = [option.key for option in field.choices if not option.retired]
        return {key: rng.choice(keys) for key in self.names(field)}


class RankingType(PartsType):
    """Options in the order that somebody gives them: by part the place, or the keys in order. The first `most`
    of them, where it says so."""

    key = "ranking"
    label = "ranking"
    has_choices = True

    def names(self, field: FieldDef) -> Mapping[str, str]:
        return {option.key: option.label for option in field.choices if not option.retired}

    def places(self, field: FieldDef) -> int:
        count = len(self.names(field))
        return min(field.options.get("most") or count, count)

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> tuple[str, ...] | None:
        if isinstance(raw, list | tuple):
            raw = {str(key): place for place, key in enumerate(raw, start=1)}
        given = {key: self._place(field, each) for key, each in self.given(field, raw).items()}
        if not given:
            return None
        places = sorted(given.values())
        if places != list(range(1, len(places) + 1)):
            message = _("Give each place once, from 1 on.")
            raise ValueRefused("places", message)
        if field.options.get("every") and len(places) < self.places(field):
            message = _("Give the places 1 to %(most)s.") % {"most": self.places(field)}
            raise ValueRefused("places", message)
        return tuple(sorted(given, key=given.__getitem__))

    def _place(self, field: FieldDef, raw: Any) -> int:
        most = self.places(field)
        text = str(raw).strip()
        if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= most:
            raise ValueRefused("place", _("Places are 1 to %(most)s.") % {"most": most})
        return int(text)

    def to_json(self, field: FieldDef, value: Any) -> Json:
        return list(value)

    def random_value(self, field: FieldDef, rng: random.Random) -> tuple[str, ...]:
        return tuple(rng.sample(list(self.names(field)), self.places(field)))


class ContactType(PartsType):
    """Name, e-mail address and telephone number, as far as the field `asks` for them and `needs` them."""

    key = "contact_data"
    label = "contact data"

    def names(self, field: FieldDef) -> Mapping[str, str]:
        known = {"name": _("Name"), "email": _("E-mail"), "phone": _("Telephone")}
        return {key: known[key] for key in field.options["asks"]}

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> dict[str, str] | None:
        given, names = self.given(field, raw), self.names(field)
        if not given:
            return None
        found = {}
        for key, said in given.items():
            part = self.part(field, key)
            try:
                found[key] = part.type.coerce(part, said, context)
            except ValueRefused as refused:
                message = f"{names[key]}: {refused.message}"
                raise ValueRefused(refused.code, message) from refused
        for key in field.options.get("needs", ()):
            if not found.get(key):
                raise ValueRefused("needed", _("Enter this too: %(part)s.") % {"part": names[key]})
        return {key: value for key, value in found.items() if value}

    def part(self, field: FieldDef, key: str) -> FieldDef:
        return FieldDef(
            record_type=field.record_type,
            key=key,
            type=registry.get({"name": "text"}.get(key, key)),
            labels={},
            options={"region": field.options.get("region", "")} if key == "phone" else {},
        )

    def random_value(self, field: FieldDef, rng: random.Random) -> dict[str, str]:
        known = {"name": "Ana Pop", "email": "ana@example.com", "phone": "+40211234567"}
        return {key: known[key] for key in self.names(field)}


MATRIX, RANKING, CONTACT = MatrixType(), RankingType(), ContactType()
