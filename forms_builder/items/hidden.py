"""A value that nobody sees: where somebody came from, which campaign sent them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.definitions import FieldDef
from crm_config.field_types import registry
from crm_config.field_types.base import OptionSpec
from forms_builder.definitions import ItemDef
from forms_builder.items.base import FORM_TYPE, OF_FORMS, ItemKind, Place, as_item
from forms_builder.items.field import found, wrong_source


class HiddenItem(ItemKind):
    """Its value is the default, or what the address says; it is sealed into the page, so nobody posts another."""

    key = "hidden"
    label = gettext_lazy("Hidden value")
    description = gettext_lazy("From the form, or from a parameter of the address.")
    icon = "view"
    channels = (*OF_FORMS, "survey")
    asks = True
    option_specs = (
        OptionSpec(
            "field",
            "field",
            gettext_lazy("Field"),
            gettext_lazy("Without one, it is kept with what was sent alone."),
        ),
    )

    def source(self, place: Place) -> FieldDef | None:
        return found(place.type, place.option("field"))

    def field(self, place: Place) -> FieldDef | None:
        if place.option("field"):
            source = self.source(place)
            return as_item(source, place.item) if source else None
        return own_field("text", place.item)

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        return self._wrong(place) if place.option("field") else ()

    def _wrong(self, place: Place) -> Iterator[str]:
        source = self.source(place)
        if source is None or source.type.storage != "links":
            yield from wrong_source(self, place)


def own_field(kind: str, item: ItemDef) -> FieldDef:
    """Of an item that no field of a record stands behind."""
    return FieldDef(
        record_type=FORM_TYPE,
        key=item.key,
        type=registry.get(kind),
        labels=item.labels,
        help=item.help,
        default=item.default,
    )
