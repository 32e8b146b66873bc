"""Records that link to the form's record, in a table: the lines of a quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import OptionSpec
from crm_config.references import field_path
from crm_config.sections.base import Path
from forms_builder.items.base import ItemKind, Place
from forms_builder.items.field import INSIDE, OFFER, found

MOST = 50


class RowsItem(ItemKind):
    """Its value is a list of rows, each a raw value by field key."""

    key = "rows"
    label = gettext_lazy("Rows")
    description = gettext_lazy("Records that link to this one, in a table, with totals.")
    icon = "list-ul"
    asks = True
    option_specs = (
        OptionSpec("type", "text", gettext_lazy("Record type"), required=True),
        OptionSpec("link", "text", gettext_lazy("Field that links here"), required=True),
        OptionSpec("fields", "list", gettext_lazy("Columns"), required=True),
        OptionSpec("required", "list", gettext_lazy("Columns that must be filled in")),
        OptionSpec("totals", "list", gettext_lazy("Columns added up")),
        OptionSpec("least", "integer", gettext_lazy("Rows at least"), minimum=0, maximum=MOST),
        OptionSpec("most", "integer", gettext_lazy("Rows at most"), minimum=1, maximum=MOST),
        OFFER,
    )

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        record_type = row_type(place)
        link = found(record_type, place.option("link"))
        if record_type is None:
            yield _("There is no record type “%(key)s”.") % {"key": place.option("type")}
            return
        if link is None or place.form.type not in link.options.get("targets", ()):
            yield _("“%(key)s” does not link to the form's record.") % {"key": place.option("link")}
        known = columns(place)
        for key in place.option("fields", ()):
            if key not in known:
                yield _("There is no field “%(key)s” that can be filled in.") % {"key": key}
            elif place.form.channel == "public" and known[key].type.key in INSIDE:
                yield (
                    _("“%(field)s” is known to people of the house alone.")
                    % {"field": known[key].label}
                )
            elif (
                place.form.channel == "public"
                and known[key].type.storage == "links"
                and place.option("offer") is None
            ):
                yield _("Say which records “%(field)s” offers to whoever has the address.") % {
                    "field": known[key].label
                }
        for key in (*place.option("totals", ()), *place.option("required", ())):
            if key not in known:
                yield _("“%(key)s” is not among the columns.") % {"key": key}
        for key in place.option("totals", ()):
            if key in known and not known[key].type.numeric:
                yield _("“%(key)s” cannot be added up.") % {"key": key}

    def references(self, place: Place) -> Iterable[Path]:
        record_type = place.option("type")
        yield ("record_types", record_type)
        for key in (place.option("link"), *place.option("fields", ())):
            yield field_path(record_type, key)


def row_type(place: Place) -> TypeDef | None:
    known = place.snapshot.types.get(str(place.option("type")))
    return known if known is not None and not known.retired else None


def columns(place: Place) -> Mapping[str, FieldDef]:
    """The fields of a row, in order."""
    record_type: Any = row_type(place)
    some = ((key, found(record_type, key)) for key in place.option("fields", ()))
    return {key: f for key, f in some if f is not None}
