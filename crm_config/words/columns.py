"""Names of the fields that a list shows or is sorted by, those that every record has among them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from crm_config.system_fields import SYSTEM, Catalogue
from crm_config.words.plain import label_here
from crm_config.words.vocabulary import Vocabulary

_SYSTEM = {key: name for key, _type, _column, name, _sortable in SYSTEM}


def title(record_type: str, key: str, vocabulary: Vocabulary) -> str:
    if key in _SYSTEM:
        return label_here(Catalogue(_SYSTEM[key]))
    return vocabulary.field(record_type, key)


def titles(record_type: str, keys: Iterable[str], vocabulary: Vocabulary) -> str:
    return ", ".join(title(record_type, key, vocabulary) for key in keys)


def sorting(record_type: str, keys: Iterable[str], vocabulary: Vocabulary) -> str:
    said = []
    for key in keys:
        name = title(record_type, key.removeprefix("-"), vocabulary)
        descending = _("%(field)s, descending") % {"field": name}
        said.append(descending if key.startswith("-") else name)
    return "; ".join(said)
