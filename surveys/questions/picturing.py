"""Pictures beside the labels of options. None stands alone: its option has a label, and is chosen without it too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm_config import labels
from forms_builder.definitions import ItemDef
from forms_builder.public.controls import Control, Pictured
from surveys.questions.base import TEMPLATES, raws

PICTURE, ALT = "picture", "alt"
PICTURE_KEYS = frozenset({PICTURE, ALT})
#: Kinds of questions whose options can have one.
KINDS = ("single_choice", "multiple_choice", "ranking")


@dataclass(frozen=True)
class Picture:
    """`number` is that of an image of the CMS; `alt` what it shows, by language, where the label does not say it."""

    number: int
    alt: Mapping[str, str]


def pictures_of(item: ItemDef) -> Mapping[str, Picture]:
    """By the key of the option; of those that are still offered."""
    if item.kind not in KINDS:
        return {}
    return {
        str(raw["key"]): Picture(raw[PICTURE], raw.get(ALT) or {})
        for raw in raws(item)
        if isinstance(raw.get(PICTURE), int) and not raw.get("retired")
    }


def numbers_of(items: Iterable[ItemDef]) -> frozenset[int]:
    return frozenset(each.number for item in items for each in pictures_of(item).values())


def illustrate(item: ItemDef, drawn: Mapping[str, Pictured]) -> None:
    """`drawn` by the key of the option."""
    for key, picture in pictures_of(item).items():
        if key in drawn:
            drawn[key].image, drawn[key].alt = picture.number, labels.text(picture.alt)


def as_cards(control: Control, item: ItemDef, *, several: bool) -> None:
    """In a grid, where any of them has a picture."""
    illustrate(item, {option.value: option for option in control.options})
    if any(option.image for option in control.options):
        control.look, control.folder = "cards", TEMPLATES
        control.more = {"input": "checkbox" if several else "radio"}


def wrong_picture(raw: Mapping[str, Any]) -> Iterator[str]:
    said, texts = raw.get(PICTURE, 1), raw.get(ALT, {})
    if isinstance(said, bool) or not isinstance(said, int) or said < 1:
        yield _("The picture of “%(key)s” is the number of an image.") % {"key": raw["key"]}
    if not isinstance(texts, Mapping) or not all(
        isinstance(text, str) and len(text) <= 500 for text in texts.values()
    ):
        yield _("What the picture of “%(key)s” shows is told by language.") % {"key": raw["key"]}
