"""What a kind of question is, beyond a kind of item of forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef, OptionDef
from crm_config.field_types.base import FieldType, OptionSpec
from forms_builder.definitions import ItemDef
from forms_builder.items.base import ItemKind, Place
from forms_builder.items.hidden import own_field

CHANNEL = "survey"
TEMPLATES = "surveys/items"


@dataclass(frozen=True)
class AnswerRow:
    """One `Answer`: see there."""

    part: str = ""
    option: str = ""
    number: float | None = None
    text: str = ""


class QuestionKind(ItemKind):
    """`measure` says how results count it; `field_type` is the key of its field's type, or the type itself."""

    asks = True
    channels = (CHANNEL,)
    measure: ClassVar[str] = ""
    field_type: ClassVar[str | FieldType] = "text"

    def field(self, place: Place) -> FieldDef | None:
        kind = self.type_of(place)
        made = own_field(kind if isinstance(kind, str) else "text", place.item)
        return replace(
            made,
            type=made.type if isinstance(kind, str) else kind,
            placeholder=place.item.placeholder,
            options=self.field_options(place),
            choices=self.choices(place),
            # So that long texts can be asked for; nothing is stored that would have to be kept for it.
            filterable=True,
        )

    def type_of(self, place: Place) -> str | FieldType:
        return self.field_type

    def field_options(self, place: Place) -> Mapping[str, Any]:
        """Those of its field's type."""
        return {}

    def choices(self, place: Place) -> tuple[OptionDef, ...]:
        return ()

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        """A value of its field, as rows for counting."""
        raise NotImplementedError

    def points(self, place: Place, value: Any) -> float | None:
        """What a value adds to the survey's score; None where nothing is said about it."""
        return None

    def most_points(self, place: Place) -> float | None:
        return None


def raws(item: ItemDef) -> Iterator[Mapping[str, Any]]:
    """Its options as they are written."""
    for raw in item.options.get("options") or ():
        if isinstance(raw, Mapping) and "key" in raw:
            yield raw


def said(place: Place, *keys: str) -> dict[str, Any]:
    """The options among these that say something."""
    found = {key: place.option(key) for key in keys}
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


LOW = OptionSpec("low", "labels", _("Words at the low end"))
HIGH = OptionSpec("high", "labels", _("Words at the high end"))
WEIGHT = OptionSpec(
    "weight",
    "integer",
    _("Points for each step"),
    _("Added to the score of the answers; none when left empty."),
    minimum=-1000,
    maximum=1000,
)
