"""Choosing an icon or a colour by looking at it: radio buttons, so that keyboards and screen readers work."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.colours import COLOURS
from crm_config.icons import ICONS


class IconGallery(forms.RadioSelect):
    template_name = "crm_config/widgets/icons.html"


class ColourGallery(forms.RadioSelect):
    template_name = "crm_config/widgets/colours.html"


class IconField(forms.ChoiceField):
    """Any icon of the gallery; one given before, by a pack, may stay."""

    def __init__(self, *, current: str = "", **kwargs: Any) -> None:
        names: dict[str, Any] = dict(ICONS)
        if current and current not in names:
            names = {current: current, **names}
        super().__init__(choices=list(names.items()), widget=IconGallery, **kwargs)


class ColourField(forms.ChoiceField):
    def __init__(self, *, current: str = "", widget: Any = ColourGallery, **kwargs: Any) -> None:
        names: dict[str, Any] = {"": _("None"), **COLOURS}
        if current and current not in names:
            names[current] = current
        super().__init__(choices=list(names.items()), widget=widget, required=False, **kwargs)
