"""What questions with steps share: a row of buttons from a low to a high end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from crm_config import labels
from crm_config.field_types.base import FieldType, OptionSpec
from forms_builder.items.base import Place
from forms_builder.public.controls import Control, Option
from surveys.questions.base import HIGH, LOW, TEMPLATES, WEIGHT, AnswerRow, QuestionKind


class ScaleQuestion(QuestionKind):
    """Whole numbers from `low` to `high`. `style` is how the steps look: numbers, stars or faces."""

    field_type: ClassVar[str | FieldType] = "integer"
    low: ClassVar[int] = 1
    high: ClassVar[int] = 5
    style: ClassVar[str] = "numbers"
    option_specs: ClassVar[tuple[OptionSpec, ...]] = (LOW, HIGH, WEIGHT)

    def steps(self, place: Place) -> range:
        return range(self.low, self.high + 1)

    def style_of(self, place: Place) -> str:
        return self.style

    def words(self, place: Place) -> Mapping[int, str]:
        """What steps are called, where they have a name."""
        return {}

    def field_options(self, place: Place) -> Mapping[str, Any]:
        steps = self.steps(place)
        return {"min": steps[0], "max": steps[-1]}

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        yield AnswerRow(number=float(value))

    def points(self, place: Place, value: Any) -> float | None:
        weight = place.option("weight")
        return None if weight is None else float(weight * value)

    def most_points(self, place: Place) -> float | None:
        weight = place.option("weight")
        steps = self.steps(place)
        return None if weight is None else float(max(weight * steps[0], weight * steps[-1]))

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        steps, words = self.steps(place), self.words(place)
        control.look, control.folder = "scale", TEMPLATES
        control.options = [
            Option(str(n), words.get(n) or str(n), selected=str(control.value) == str(n))
            for n in steps
        ]
        style = self.style_of(place)
        control.more = {
            "style": style,
            "worded": bool(words),
            "low": labels.text(place.option("low")),
            "high": labels.text(place.option("high")),
            "shown": [shown(style, n, len(steps)) for n in steps],
        }


FACES = "😞😕😐😊😃"


def shown(style: str, step: int, count: int) -> str:
    """A step for the eye; words and numbers tell it to everybody."""
    if style == "stars":
        return "★"
    if style == "faces":
        return FACES[round((step - 1) * (len(FACES) - 1) / max(count - 1, 1))]
    return ""
