"""A field of a record that the form's record links to: found by what matches, or made."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.field_types.base import OptionSpec
from crm_config.references import field_path
from crm_config.sections.base import Path
from forms_builder.definitions import FormDef
from forms_builder.items.base import ItemKind, Place, as_item
from forms_builder.items.field import OFFER, found, wrong_source


class LinkedFieldItem(ItemKind):
    key = "linked_field"
    label = gettext_lazy("Field of a linked record")
    description = gettext_lazy(
        "Such as the name of the person who asks: found by what matches, or made."
    )
    icon = "link"
    asks = True
    option_specs = (
        OptionSpec("link", "field", gettext_lazy("Link"), required=True),
        OptionSpec("field", "text", gettext_lazy("Field"), required=True),
        OFFER,
    )

    def source(self, place: Place) -> FieldDef | None:
        target = target_of(place.type, place.option("link"), place.form, place.snapshot)
        return found(target, place.option("field"))

    def field(self, place: Place) -> FieldDef | None:
        source = self.source(place)
        return as_item(source, place.item) if source else None

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        if target_of(place.type, place.option("link"), place.form, place.snapshot) is None:
            yield _("“%(key)s” does not link to records.") % {"key": place.option("link")}
            return
        yield from wrong_source(self, place)

    def references(self, place: Place) -> Iterable[Path]:
        yield field_path(place.form.type, place.option("link"))


def target_of(
    record_type: TypeDef | None, link: object, form: FormDef, snapshot: Snapshot
) -> TypeDef | None:
    """The type of the linked record: the one that the form's handling names, or the link's first."""
    f = found(record_type, link)
    if f is None or f.type.storage != "links":
        return None
    said = {each["link"]: each.get("type") for each in form.handling.get("links", ())}
    wanted = said.get(f.key) or next(iter(f.options.get("targets", ())), None)
    target = snapshot.types.get(str(wanted))
    return target if target is not None and not target.retired else None
