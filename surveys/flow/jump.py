"""That a jump was taken, as an item that nobody sees: pages in between ask for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from forms_builder.items.base import ItemKind, Place
from forms_builder.items.hidden import own_field


class JumpItem(ItemKind):
    """Made by `compiling` alone: no form and no survey says it. Off its page it has no value, so a jump from a
    page that was passed over is none."""

    key = "jump"
    label = _("Jump")
    description = _("That a jump was taken.")
    channels = ()

    def field(self, place: Place) -> FieldDef | None:
        return own_field("boolean", place.item)
