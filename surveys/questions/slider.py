"""A number on a scale with many steps: typed, or drawn where the browser runs scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config import labels
from crm_config.compiler import Draft
from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, OptionSpec, ValueRefused
from crm_config.field_types.integer import IntegerType
from forms_builder.items.base import Place
from forms_builder.public.controls import Control
from surveys.questions.base import HIGH, LOW, TEMPLATES, AnswerRow, QuestionKind
from surveys.questions.number import LIMIT


class SteppedType(IntegerType):
    """Not registered: whole steps of `step` from the least on."""

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> int:
        number = super().read(field, raw, context)
        step, low = field.options.get("step", 1), field.options["min"]
        if (number - low) % step:
            message = _("Enter %(low)s, %(next)s, and so on.")
            raise ValueRefused("step", message % {"low": low, "next": low + step})
        return number


STEPPED = SteppedType()


class SliderQuestion(QuestionKind):
    key = "slider"
    label = gettext_lazy("Slider")
    description = gettext_lazy("A number on a long scale.")
    icon = "sliders"
    measure = "number"
    field_type = STEPPED
    option_specs = (
        OptionSpec(
            "min", "integer", gettext_lazy("Least"), default=0, minimum=-LIMIT, maximum=LIMIT
        ),
        OptionSpec(
            "max", "integer", gettext_lazy("Greatest"), default=100, minimum=-LIMIT, maximum=LIMIT
        ),
        OptionSpec("step", "integer", gettext_lazy("Step"), default=1, minimum=1, maximum=LIMIT),
        LOW,
        HIGH,
    )

    def field_options(self, place: Place) -> Mapping[str, Any]:
        return {
            "min": place.option("min", 0),
            "max": place.option("max", 100),
            "step": place.option("step", 1),
        }

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        said = self.field_options(place)
        if said["min"] >= said["max"]:
            yield _("The least is more than the most.")

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        yield AnswerRow(number=float(value))

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        control.look, control.folder = "slider", TEMPLATES
        control.more = {
            **{key: str(value) for key, value in self.field_options(place).items()},
            "low": labels.text(place.option("low")),
            "high": labels.text(place.option("high")),
        }
