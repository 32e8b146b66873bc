"""Documents."""

from django.utils.translation import gettext_lazy as _

from crm_config.field_types.base import OptionSpec
from crm_config.field_types.support.uploads import Upload


class FileType(Upload):
    key = "file"
    label = _("File")
    description = _("A document: a signed contract, a drawing, a recording.")
    example = "contract.pdf"
    icon = "doc-full-inverse"
    option_specs = (
        OptionSpec(
            "max_size", "integer", _("Largest size"), _("Megabytes."), 10, minimum=1, maximum=25
        ),
        OptionSpec(
            "types",
            "list",
            _("Kinds"),
            _("Endings of names, such as pdf and docx; all when left empty."),
            (),
        ),
    )
