"""One option of a long list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from forms_builder.items.base import Place
from forms_builder.public.controls import Control
from surveys.questions.choosing import OptionsQuestion


class DropdownQuestion(OptionsQuestion):
    key = "dropdown"
    label = _("List")
    description = _("One of a list that opens.")
    icon = "arrow-down"
    field_type = "choice"

    def dress(self, control: Control, place: Place, *, seed: str = "") -> None:
        super().dress(control, place, seed=seed)
        control.look = "select"
