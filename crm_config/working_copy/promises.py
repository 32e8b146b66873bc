"""Promises of the working copy: written, changed, taken back."""

from collections.abc import Mapping
from typing import Any

from crm_config.models import Promise
from crm_config.sections.promises import PromiseSection


def save_promise(raw: Mapping[str, Any]) -> Promise:
    """As a payload says it."""
    PromiseSection().load([{"retired": False, **raw}], replace=False)
    return Promise.objects.get(key=raw["key"])


def remove_promise(promise: Promise) -> None:
    promise.delete()
