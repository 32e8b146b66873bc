"""The same options for several rows: a group of radio buttons for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.compiler import Draft
from crm_config.definitions import OptionDef
from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from forms_builder.public.controls import Control, Option
from surveys.questions.base import TEMPLATES, AnswerRow, QuestionKind
from surveys.questions.choosing import OPTIONS, options_of, points_of, wrong_options
from surveys.questions.grids import MATRIX

ROW_KEYS = frozenset({"key", "labels"})


class MatrixQuestion(QuestionKind):
    key = "matrix"
    label = gettext_lazy("Matrix")
    description = gettext_lazy("The same options for several rows.")
    icon = "table"
    measure = "choice"
    field_type = MATRIX
    option_specs = (
        OptionSpec("rows", "list", gettext_lazy("Rows"), required=True),
        OPTIONS,
    )

    def choices(self, place: Place) -> tuple[OptionDef, ...]:
        return options_of(place.item)

    def field_options(self, place: Place) -> Mapping[str, Any]:
        rows = tuple(
            row for row in place.option("rows", ()) if isinstance(row, Mapping) and "key" in row
        )
        return {"rows": rows, "every": place.item.required}

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        yield from wrong_options(place.option("options"))
        for message in wrong_options(place.option("rows"), ROW_KEYS):
            yield _("Rows: %(message)s") % {"message": message}

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        numbers = {option.key: n for n, option in enumerate(options_of(place.item), start=1)}
        for row, option in value.items():
            yield AnswerRow(part=row, option=option, number=float(numbers.get(option, 0)))

    def points(self, place: Place, value: Any) -> float | None:
        points = points_of(place.item)
        return float(sum(points.get(key, 0) for key in value.values())) if points else None

    def most_points(self, place: Place) -> float | None:
        points = points_of(place.item)
        rows = len(self.field_options(place)["rows"])
        return float(max(*points.values(), 0) * rows) if points else None

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        control.look, control.folder = "matrix", TEMPLATES
        offered = [option for option in options_of(place.item) if not option.retired]
        for part in control.parts:
            part.options = [Option(o.key, o.label, o.key == part.value) for o in offered]
        control.more = {"options": [o.label for o in offered]}
