"""What questions with options share: reading the options, their order, points, and “other”."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from crm_config.compiler import Draft
from crm_config.definitions import OptionDef
from crm_config.field_types.base import OptionSpec
from crm_config.keys import is_key
from crm_config.system_fields import Catalogue
from forms_builder.definitions import ItemDef
from forms_builder.items.base import Place
from forms_builder.public.controls import Control
from surveys.questions.base import AnswerRow, QuestionKind, raws
from surveys.questions.picturing import PICTURE_KEYS, wrong_picture

OTHER = "other"
OTHER_LABELS = Catalogue(gettext_noop("Other"))
WHICH_LABELS = Catalogue(gettext_noop("Which other?"))
MOST = 200
OPTION_KEYS = frozenset({"key", "labels", "points", "exclusive", "retired"})
#: Of kinds whose options can have a picture.
PICTURED_KEYS = OPTION_KEYS | PICTURE_KEYS

OPTIONS = OptionSpec(
    "options",
    "list",
    gettext_lazy("Options"),
    gettext_lazy("Each with a key, labels, and points where it counts for the score."),
    required=True,
)
WITH_OTHER = OptionSpec(
    OTHER,
    "boolean",
    gettext_lazy("With “other”"),
    gettext_lazy("Whoever chooses it is asked which, in a text."),
)
SHUFFLED = OptionSpec(
    "shuffled",
    "boolean",
    gettext_lazy("In a random order"),
    gettext_lazy("The same for one person; “other” and what excludes the rest stay last."),
)


class OptionsQuestion(QuestionKind):
    """Its options are written in the survey."""

    measure: ClassVar[str] = "choice"
    option_specs: ClassVar[tuple[OptionSpec, ...]] = (OPTIONS, WITH_OTHER, SHUFFLED)
    option_keys: ClassVar[frozenset[str]] = OPTION_KEYS

    def choices(self, place: Place) -> tuple[OptionDef, ...]:
        return options_of(place.item)

    def wrong(self, place: Place, draft: Draft) -> Iterable[str]:
        return wrong_options(place.item.options.get("options"), self.option_keys)

    def companions(self, item: ItemDef) -> Iterable[ItemDef]:
        """The text for “other”: an item of its own, which the logic shows."""
        if item.options.get(OTHER):
            yield ItemDef(
                key=other_key(item.key),
                kind="short_text",
                labels=WHICH_LABELS,
                shown_when={"field": item.key, **self.chosen(OTHER)},
            )

    def chosen(self, option: str) -> dict[str, Any]:
        """The part of a condition that says so."""
        return {"op": "eq", "value": option}

    def answers(self, place: Place, value: Any) -> Iterable[AnswerRow]:
        yield AnswerRow(option=value)

    def points(self, place: Place, value: Any) -> float | None:
        points = points_of(place.item)
        return float(points.get(value, 0)) if points else None

    def most_points(self, place: Place) -> float | None:
        points = points_of(place.item)
        return float(max(*points.values(), 0)) if points else None

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        arrange(control, place.item, seed)


def other_key(key: str) -> str:
    return f"{key}_{OTHER}"


def options_of(item: ItemDef) -> tuple[OptionDef, ...]:
    found = [
        OptionDef(str(raw["key"]), raw.get("labels") or {}, retired=bool(raw.get("retired")))
        for raw in raws(item)
    ]
    if item.options.get(OTHER):
        found.append(OptionDef(OTHER, OTHER_LABELS))
    return tuple(found)


def exclusive_of(item: ItemDef) -> frozenset[str]:
    return frozenset(str(raw["key"]) for raw in raws(item) if raw.get("exclusive"))


def points_of(item: ItemDef) -> Mapping[str, float]:
    return {str(raw["key"]): raw["points"] for raw in raws(item) if raw.get("points") is not None}


def arrange(control: Control, item: ItemDef, seed: str) -> None:
    """In an order that is random for each person, and the same whenever they look."""
    if not item.options.get("shuffled"):
        return
    last = {OTHER, *exclusive_of(item)}
    moving = [option for option in control.options if option.value not in last]
    staying = [option for option in control.options if option.value in last]
    random.Random(f"{seed}:{item.key}").shuffle(moving)  # noqa: S311 - an order, no secret
    control.options = [*moving, *staying]


def wrong_options(said: Any, known: frozenset[str] = OPTION_KEYS) -> Iterator[str]:
    seen: set[str] = set()
    for raw in said if isinstance(said, list) else ():
        if not isinstance(raw, Mapping) or not is_key(raw.get("key")):
            yield _("Each option has a key of small letters, digits and single underscores.")
            return
        if raw["key"] in seen or (raw["key"] == OTHER and "exclusive" in known):
            yield _("“%(key)s” stands among the options twice.") % {"key": raw["key"]}
        seen.add(raw["key"])
        for key in sorted(raw.keys() - known):
            yield _("An option has no property “%(key)s”.") % {"key": key}
        yield from wrong_picture(raw)
        points = raw.get("points")
        if points is not None and (isinstance(points, bool) or not isinstance(points, int | float)):
            yield _("Points are a number.")
        texts = raw.get("labels", {})
        if not isinstance(texts, Mapping) or not all(
            isinstance(text, str) and len(text) <= 500 for text in texts.values()
        ):
            yield _("The labels of “%(key)s” are texts by language.") % {"key": raw["key"]}
    if isinstance(said, list) and len(said) > MOST:
        yield _("At most %(most)s options.") % {"most": MOST}
