"""One option of several, all of them seen at once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from forms_builder.items.base import Place
from forms_builder.public.controls import Control
from surveys.questions.choosing import OptionsQuestion


class SingleChoiceQuestion(OptionsQuestion):
    key = "single_choice"
    label = _("One option")
    description = _("One of several, seen at once.")
    icon = "list-ul"
    field_type = "choice"

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        super().dress(control, place, seed=seed)
        control.look = "radios"
