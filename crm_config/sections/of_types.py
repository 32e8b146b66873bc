"""Sections whose objects are each about one record type, and stand in one row each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from crm_config.sections.base import ConfigSection
from crm_config.sections.record_types import compact
from crm_config.sections.rows import sync


class OfTypes(ConfigSection):
    """The row's `record_type` is the payload's `type`. Of the attributes `names`, the payload holds what differs
    from the default; those of `always` it holds in any case."""

    model: ClassVar[type[models.Model]]
    names: tuple[str, ...]
    always: tuple[str, ...] = ()

    @classmethod
    def raw_of(cls, row: Any) -> dict[str, Any]:
        """A row as a payload says it."""
        always = {name: getattr(row, name) for name in cls.always}
        return {"key": row.key, "type": row.record_type, **always, **compact(row, cls.names)}

    def dump(self) -> list[dict[str, Any]]:
        return [self.raw_of(row) for row in self.model._default_manager.order_by("key")]

    def load(self, part: Any, *, replace: bool) -> None:
        sync(
            self.model._default_manager.all(),
            [{**raw, "record_type": raw["type"]} for raw in part],
            by=("key",),
            names=("record_type", *self.always, *self.names),
            replace=replace,
        )
