"""Pictures."""

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import Names, OptionSpec
from crm_config.field_types.support.uploads import Upload


class ImageType(Upload):
    key = "image"
    label = _("Image")
    description = _("A picture: a portrait, a logo, a photo of the site.")
    example = "logo.png"
    icon = "image"
    default_types = ("jpg", "jpeg", "png", "webp", "gif")
    option_specs = (
        OptionSpec(
            "max_size", "integer", _("Largest size"), _("Megabytes."), 5, minimum=1, maximum=25
        ),
        OptionSpec(
            "types",
            "list",
            _("Kinds"),
            _("Endings of names, such as png; jpg, png, webp and gif when left empty."),
            (),
        ),
    )

    def display(self, field: FieldDef, value: int, names: Names) -> str:
        """Images and documents have ids of their own: an image's name stands under its negative."""
        return (
            super().display(field, -value, names)
            if -value in names.files
            else super().display(field, value, Names())
        )
