"""One option of several, all of them seen at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from forms_builder.items.base import Place
from forms_builder.public.controls import Control
from surveys.questions.choosing import PICTURED_KEYS, OptionsQuestion
from surveys.questions.picturing import as_cards


class SingleChoiceQuestion(OptionsQuestion):
    key = "single_choice"
    label = _("One option")
    description = _("One of several, seen at once.")
    icon = "list-ul"
    field_type = "choice"
    option_keys = PICTURED_KEYS

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        super().dress(control, place, seed=seed)
        control.look = "radios"
        as_cards(control, place.item, several=False)
