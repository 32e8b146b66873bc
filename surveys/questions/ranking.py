"""Options put in order, by a number for each."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.compiler import Draft
from crm_config.definitions import OptionDef
from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import Place
from forms_builder.public.controls import Control, Option, Part
from surveys.questions.base import TEMPLATES, AnswerRow, QuestionKind, said
from surveys.questions.choosing import (
    OPTIONS,
    PICTURED_KEYS,
    SHUFFLED,
    options_of,
    wrong_options,
)
from surveys.questions.grids import RANKING
from surveys.questions.picturing import illustrate


class RankingQuestion(QuestionKind):
    key = "ranking"
    label = _("Ranking")
    description = _("Options put in order.")
    icon = "order"
    measure = "choice"
    field_type = RANKING
    option_specs = (
        OPTIONS,
        SHUFFLED,
        OptionSpec(
            "most", "integer", _("Places"), _("All when left empty."), minimum=1, maximum=50
        ),
    )

    def choices(self, place: Place) -> tuple[OptionDef, ...]:
        return options_of(place.item)

    def field_options(self, place: Place) -> Mapping[str, Any]:
        return {**said(place, "most"), "every": place.item.required}

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        return wrong_options(place.option("options"), PICTURED_KEYS)

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        for number, key in enumerate(value, start=1):
            yield AnswerRow(option=key, number=float(number))

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        """Drawn by its parts: in the order that was given, else in one that may be random."""
        f = self.field(place)
        if f is None:
            return
        control.look, control.folder = "ranking", TEMPLATES
        held = control.value
        if isinstance(held, list | tuple):
            held = {str(key): str(number) for number, key in enumerate(held, start=1)}
        held = held if isinstance(held, Mapping) else {}
        places = [str(n) for n in range(1, RANKING.places(f) + 1)]
        parts = {}
        for key, name in RANKING.names(f).items():
            at = str(held.get(key) or "").strip()
            offered = [Option(n, n, n == at) for n in places]
            parts[key] = Part(f"{control.name}-{key}", name, at, offered)
        illustrate(place.item, parts)
        order = {n: number for number, n in enumerate(places)}
        drawn = shuffled([*parts.values()], place, seed)
        control.parts = sorted(drawn, key=lambda part: order.get(part.value, len(places)))
        control.more = {"most": places[-1] if places else "", "count": len(parts)}


def shuffled(parts: list[Part], place: Place, seed: str) -> list[Part]:
    if not place.option("shuffled"):
        return parts
    order = list(parts)
    random.Random(f"{seed}:{place.item.key}").shuffle(order)  # noqa: S311 - an order, no secret
    return order
