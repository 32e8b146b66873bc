"""A consent: kept with its text, its purpose and the moment."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import OptionSpec
from crm_config.keys import is_key
from crm_config.references import field_path
from crm_config.sections.base import Path
from forms_builder.items.base import OF_FORMS, ItemKind, Place
from forms_builder.items.hidden import own_field
from forms_builder.items.linked_field import target_of


class ConsentItem(ItemKind):
    """Ticked, an option of a field of the person's may be set along with it. It is never ticked beforehand."""

    key = "consent"
    label = gettext_lazy("Consent")
    description = gettext_lazy("Kept with its text, its purpose and the moment.")
    icon = "check"
    channels = (*OF_FORMS, "survey")
    asks = True
    option_specs = (
        OptionSpec("text", "labels", gettext_lazy("What is agreed to"), required=True),
        OptionSpec("purpose", "text", gettext_lazy("Purpose"), required=True),
        OptionSpec(
            "of",
            "text",
            gettext_lazy("Whose"),
            gettext_lazy("The link to the person; without one, the form's own record."),
        ),
        OptionSpec("field", "text", gettext_lazy("Field that tells it")),
        OptionSpec("option", "text", gettext_lazy("Option set in it")),
        OptionSpec("date_field", "text", gettext_lazy("Field for the day")),
    )

    def field(self, place: Place) -> FieldDef | None:
        return own_field("boolean", place.item)

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        if not is_key(place.option("purpose")):
            yield _("A purpose has small letters, digits and single underscores.")
        owner = whose(place)
        if owner is None:
            yield _("“%(key)s” does not link to records.") % {"key": place.option("of")}
            return
        for key in (place.option("field"), place.option("date_field")):
            if key and key not in owner.all_fields:
                yield _("There is no field “%(key)s”.") % {"key": key}
        f = owner.all_fields.get(place.option("field", ""))
        if f is not None and f.type.has_choices and place.option("option") not in f.choice_map:
            yield _("“%(raw)s” is not one of the options.") % {"raw": place.option("option", "")}
        if place.item.default is not None:
            yield _("A consent is never given beforehand: take its default out.")

    def references(self, place: Place) -> Iterable[Path]:
        owner = whose(place)
        if place.option("of"):
            yield field_path(place.form.type, place.option("of"))
        for key in (place.option("field"), place.option("date_field")):
            if owner is not None and key:
                yield field_path(owner.key, key)
        if owner is not None and place.option("field") and place.option("option"):
            yield (
                *field_path(owner.key, place.option("field")),
                "choices",
                place.option("option"),
            )


def whose(place: Place) -> TypeDef | None:
    """The type of the record that the consent is of."""
    link = place.option("of")
    if not link:
        return place.type
    return target_of(place.type, link, place.form, place.snapshot)
