"""Which fields one person's roles let them read and write: everywhere, nowhere, or where a condition holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crm_config import rules
from crm_config.conditions.api import Condition, all_of, any_of
from crm_config.definitions import FieldDef, RoleDef, TypeDef

if TYPE_CHECKING:
    from records.access.asker import Asker

HIDDEN, READ, WRITE = 0, 1, 2
LEVELS = {"hidden": HIDDEN, "read": READ, "write": WRITE}

#: Everywhere, nowhere, or on the records that fit.
Rule = bool | Condition

#: What lets one give these a value, without a right of the field's own.
GIVING = {
    "owner": ("assign", "create"),
    "team": ("assign", "create"),
    "stage": ("transition", "create"),
}


class Levels:
    """Asked per type, field and level; each answer is worked out once."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self._known: dict[tuple[str, str, int], Rule] = {}

    def rule(self, record_type: TypeDef, key: str, level: int) -> Rule:
        """Where the field may be read (or written), among the records that are seen at all."""
        place = record_type.key, key, level
        if place not in self._known:
            self._known[place] = self._find(record_type, key, level)
        return self._known[place]

    def _find(self, record_type: TypeDef, key: str, level: int) -> Rule:
        if key in record_type.system:
            return self._of_system(record_type, key, level)
        f = record_type.fields.get(key)
        if f is None or f.retired:
            return False
        own = self._own(record_type, f, level)
        if own is False or not f.depends_on:
            return own
        return every((own, *(self._input(f, name) for name in f.depends_on)))

    def _of_system(self, record_type: TypeDef, key: str, level: int) -> Rule:
        if not self.asker.granted(record_type, "view"):
            return False
        if level == WRITE:
            return any(self.asker.granted(record_type, a) for a in GIVING.get(key, ()))
        if key != "title":
            return True
        return every(self.rule(record_type, name, READ) for name in record_type.title_fields)

    def _input(self, f: FieldDef, name: tuple[str, str]) -> Rule:
        """What a computed field reads. Where that can be read on some records alone, so can a formula over the
        record's own fields; what is computed over other records cannot be told from them."""
        record_type = self.asker.snapshot.types.get(name[0])
        if record_type is None or record_type.retired:
            return False
        if name[1] in record_type.system:
            return bool(self.asker.granted(record_type, "view"))
        source = record_type.fields.get(name[1])
        if source is None or source.retired:
            return False
        rule = self._own(record_type, source, READ)
        if isinstance(rule, Condition) and (f.type.key != "formula" or name[0] != f.record_type):
            return False
        return rule

    def _own(self, record_type: TypeDef, f: FieldDef, level: int) -> Rule:
        """From the grants alone. A field without one takes what the role may do with the type."""
        if level > self.asker.access.most(record_type) or (level == WRITE and not f.editable):
            return False
        if self.asker.unlimited:
            return True
        return some(self._of_role(role, record_type, f, level) for role in self.asker.roles)

    def _of_role(self, role: RoleDef, record_type: TypeDef, f: FieldDef, level: int) -> Rule:
        def granted(action: str) -> bool:
            return self.asker.counts(role.grants.get((record_type.key, action)), role, record_type)

        if not granted("view"):
            return False
        most = WRITE if granted("change") or granted("create") else READ
        given = role.fields.get((record_type.key, f.key))
        if min(LEVELS[given] if given else most, most) < level:
            return False
        if (record_type.key, f.key) not in role.field_conditions:
            return True
        return rules.of_field(role, record_type, f.key, self.asker.snapshot) or False


def some(found: Iterable[Rule]) -> Rule:
    parts: list[Condition] = []
    for rule in found:
        if isinstance(rule, Condition):
            parts.append(rule)
        elif rule:
            return True
    return any_of(parts) if parts else False


def every(found: Iterable[Rule]) -> Rule:
    parts: list[Condition] = []
    for rule in found:
        if isinstance(rule, Condition):
            parts.append(rule)
        elif not rule:
            return False
    return all_of(parts) if parts else True
