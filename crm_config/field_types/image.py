"""Pictures."""

from django.utils.translation import gettext_lazy as _

from crm_config.field_types.base import OptionSpec
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
