"""Several options; some exclude the rest, as “none of these”."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, OptionSpec, ValueRefused
from crm_config.field_types.multi_choice import Keys, MultiChoiceType
from crm_config.field_types.support.options import label
from forms_builder.items.base import Place
from forms_builder.public.controls import Control
from surveys.questions.base import AnswerRow, said
from surveys.questions.choosing import (
    OPTIONS,
    PICTURED_KEYS,
    SHUFFLED,
    WITH_OTHER,
    OptionsQuestion,
    exclusive_of,
    points_of,
)
from surveys.questions.picturing import as_cards


class ManyType(MultiChoiceType):
    """Not registered: `exclusive` options stand alone, and so many at least and at most are chosen."""

    def check_new(self, field: FieldDef, value: Keys | None, current: Keys | None) -> None:
        super().check_new(field, value, current)
        chosen = value or ()
        alone = [key for key in chosen if key in field.options.get("exclusive", ())]
        if alone and len(chosen) > 1:
            message = _("“%(option)s” goes with no other: take it out, or the others.")
            raise ValueRefused("exclusive", message % {"option": label(field, alone[0])})
        least, most = field.options.get("least", 0), field.options.get("most", len(field.choices))
        if len(chosen) < least and not alone:
            raise ValueRefused("too_few", _("Choose at least %(count)s.") % {"count": least})
        if len(chosen) > most:
            raise ValueRefused("too_many", _("Choose at most %(count)s.") % {"count": most})

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> Keys | None:
        """Options by their key alone: a label that holds a comma is none of the matter here."""
        keys = raw if isinstance(raw, list | tuple | set | frozenset) else [raw]
        return super().read(field, [*keys], context)


MANY = ManyType()


class MultipleChoiceQuestion(OptionsQuestion):
    key = "multiple_choice"
    label = gettext_lazy("Several options")
    description = gettext_lazy("Any of several, with “other” and “none of these” where wanted.")
    icon = "list-ul"
    field_type = MANY
    option_keys = PICTURED_KEYS
    option_specs = (
        OPTIONS,
        WITH_OTHER,
        SHUFFLED,
        OptionSpec("least", "integer", gettext_lazy("At least"), minimum=1, maximum=200),
        OptionSpec("most", "integer", gettext_lazy("At most"), minimum=1, maximum=200),
    )

    def field_options(self, place: Place) -> Mapping[str, Any]:
        return {**said(place, "least", "most"), "exclusive": exclusive_of(place.item)}

    def chosen(self, option: str) -> dict[str, Any]:
        return {"op": "has_any", "value": [option]}

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        yield from super().wrong(place, draft)
        if place.option("least", 0) > place.option("most", 200):
            yield _("The least is more than the most.")

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        for key in value:
            yield AnswerRow(option=key)

    def points(self, place: Place, value: Any) -> float | None:
        points = points_of(place.item)
        return float(sum(points.get(key, 0) for key in value)) if points else None

    def most_points(self, place: Place) -> float | None:
        points = points_of(place.item)
        return float(sum(p for p in points.values() if p > 0)) if points else None

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        super().dress(control, place, seed=seed)
        control.look = "ticks"
        as_cards(control, place.item, several=True)
