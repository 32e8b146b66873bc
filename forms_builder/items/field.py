"""A field of the form's record type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import OptionSpec
from crm_config.sections.base import Path
from forms_builder.items.base import ItemKind, Place, as_item

#: Kinds of fields that point at what only people of the house know.
INSIDE = frozenset({"user", "team"})
OFFER = OptionSpec(
    "offer",
    "condition",
    gettext_lazy("Records offered"),
    gettext_lazy(
        "Of a link on a public form: whoever has the address reads the titles of those that fit."
    ),
)


class FieldItem(ItemKind):
    key = "field"
    label = gettext_lazy("Field")
    description = gettext_lazy("A field of the record that the form is about.")
    icon = "edit"
    asks = True
    option_specs = (
        OptionSpec("field", "field", gettext_lazy("Field"), required=True),
        OFFER,
    )

    def source(self, place: Place) -> FieldDef | None:
        return found(place.type, place.option("field"))

    def field(self, place: Place) -> FieldDef | None:
        source = self.source(place)
        return as_item(source, place.item) if source else None

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        yield from wrong_source(self, place)

    def references(self, place: Place) -> Iterable[Path]:
        return ()


def found(record_type: TypeDef | None, key: object) -> FieldDef | None:
    """A field in use that can be given a value."""
    if record_type is None or not isinstance(key, str):
        return None
    f = record_type.all_fields.get(key)
    return f if f is not None and f.editable else None


def wrong_source(kind: ItemKind, place: Place) -> Iterator[str]:
    source = kind.source(place)
    if source is None:
        yield (
            _("There is no field “%(key)s” that can be filled in.") % {"key": place.option("field")}
        )
        return
    if place.form.channel != "public":
        return
    if source.type.key in INSIDE or source.system:
        yield _("“%(field)s” is known to people of the house alone.") % {"field": source.label}
    if source.type.storage == "links" and place.option("offer") is None:
        yield _("Say which records “%(field)s” offers to whoever has the address.") % {
            "field": source.label
        }
