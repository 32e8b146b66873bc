"""What a trait is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.field_types.base import Text

RawField = Mapping[str, Any]


@dataclass(frozen=True)
class Trait:
    """`fields` and `sections` are in the payload's form; a type that takes the trait gets those it
    lacks. Behaviour asks `"deal" in record_type.traits` and finds the standard keys there."""

    key: str
    label: Text
    description: Text
    fields: Sequence[RawField]
    sections: Sequence[RawField] = ()
    title_template: str = ""

    @property
    def field_keys(self) -> frozenset[str]:
        return frozenset(field["key"] for field in self.fields)
