"""The kinds of promise, in the order of the gallery."""

from collections.abc import Mapping

from crm_config.promises.kinds.base import PromiseKind
from crm_config.promises.kinds.no_access import NO_ACCESS
from crm_config.promises.kinds.no_field import NO_FIELD
from crm_config.promises.kinds.only import ONLY
from crm_config.promises.kinds.only_field import ONLY_FIELD
from crm_config.promises.kinds.reach import REACH

KINDS: Mapping[str, PromiseKind] = {
    kind.key: kind for kind in (NO_FIELD, NO_ACCESS, ONLY_FIELD, ONLY, REACH)
}


def get(key: str) -> PromiseKind:
    """Raises `KeyError`."""
    return KINDS[key]
