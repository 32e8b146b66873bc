"""The merge fields that a template about records of a type can have, as they are offered."""

from __future__ import annotations

from dataclasses import dataclass

from crm_config.definitions import FieldDef, Snapshot, TypeDef

#: Of a linked record, where it can be of several types, those of the first.
LONG = ("file", "image")


@dataclass(frozen=True)
class Offer:
    """`code` is what stands in the text."""

    code: str
    label: str


def offers(record_type: TypeDef, snapshot: Snapshot) -> list[tuple[str, list[Offer]]]:
    """By where they come from: the record itself, then each record that it links to."""
    found = [(record_type.label, [_offer((), f) for f in _fields(record_type)])]
    for link in record_type.active:
        if link.type.storage != "links":
            continue
        targets = [
            snapshot.types[key] for key in link.options.get("targets", ()) if key in snapshot.types
        ]
        if targets:
            found.append((link.label, [_offer((link,), f) for f in _fields(targets[0])]))
    return found


def _fields(record_type: TypeDef) -> list[FieldDef]:
    own = [
        record_type.all_fields[key] for key in ("title", "owner") if key in record_type.all_fields
    ]
    return [*own, *(f for f in record_type.active if f.type.key not in LONG)]


def _offer(steps: tuple[FieldDef, ...], f: FieldDef) -> Offer:
    path = ".".join(step.key for step in (*steps, f))
    return Offer(f"{{{{ {path} }}}}", f.label)
