"""Which fields one person's roles let them read and write: everywhere, nowhere, or on some records.

What a role says of a field holds on the records that this role reaches, and not on those that another one does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_config import rules
from crm_config.definitions import FieldDef, RoleDef, TypeDef
from records.access.places import Fitting, Rule, Within, every, some
from records.access.scopes import Granted

if TYPE_CHECKING:
    from records.access.asker import Asker

HIDDEN, READ, WRITE = 0, 1, 2
LEVELS = {"hidden": HIDDEN, "read": READ, "write": WRITE}

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
        self._known: dict[tuple[str, str, str], Rule] = {}

    def reading(self, record_type: TypeDef, key: str) -> Rule:
        """Where the field may be read, among the records that are seen at all."""
        return self._rule(record_type, key, "view")

    def writing(self, record_type: TypeDef, key: str, to: str) -> Rule:
        """Where it may be given a value, among the records with which `to` may be done at all."""
        return self._rule(record_type, key, to)

    def _rule(self, record_type: TypeDef, key: str, action: str) -> Rule:
        place = record_type.key, key, action
        if place not in self._known:
            self._known[place] = self._find(record_type, key, action)
        return self._known[place]

    def _find(self, record_type: TypeDef, key: str, action: str) -> Rule:
        if key in record_type.system:
            return self._of_system(record_type, key, action)
        f = record_type.fields.get(key)
        if f is None or f.retired:
            return False
        own = self._own(record_type, f, action)
        if own is False or not f.depends_on:
            return own
        return every((own, *(self.input_of(f, name) for name in f.depends_on)))

    def _of_system(self, record_type: TypeDef, key: str, action: str) -> Rule:
        if not self.asker.granted(record_type, "view"):
            return False
        if action != "view":
            return any(self.asker.granted(record_type, a) for a in GIVING.get(key, ()))
        if key != "title":
            return True
        return every(self.reading(record_type, name) for name in record_type.title_fields)

    def input_of(self, f: FieldDef, name: tuple[str, str]) -> Rule:
        """What a computed field reads. Where that can be read on some records alone, so can a formula over the
        record's own fields. What is computed over other records cannot be told from them: a role has to give it
        wherever it lets them be seen."""
        record_type = self.asker.snapshot.types.get(name[0])
        if record_type is None or record_type.retired:
            return False
        if name[1] in record_type.system:
            return bool(self.asker.granted(record_type, "view"))
        source = record_type.fields.get(name[1])
        if source is None or source.retired:
            return False
        if f.type.key == "formula" and name[0] == f.record_type:
            return self._own(record_type, source, "view")
        return self._wherever_seen(record_type, source)

    def _wherever_seen(self, record_type: TypeDef, f: FieldDef) -> bool:
        """Whether one of the roles gives it on every record that this role lets be seen."""
        if self.asker.access.most(record_type) < READ:
            return False
        return self.asker.unlimited or any(
            rule is True for _where, rule in self._by_role(record_type, f, "view")
        )

    def _own(self, record_type: TypeDef, f: FieldDef, action: str) -> Rule:
        """From the grants alone. A field without one takes what the role may do with the type."""
        if action != "view" and not f.editable:
            return False
        if (READ if action == "view" else WRITE) > self.asker.access.most(record_type):
            return False
        if self.asker.unlimited:
            return True
        found = self._by_role(record_type, f, action)
        if all(rule is True for _where, rule in found):
            return bool(found)
        if len(found) == 1:
            return found[0][1]
        return some(every(pair) for pair in found)

    def _by_role(self, record_type: TypeDef, f: FieldDef, action: str) -> list[tuple[Rule, Rule]]:
        """Of each role that lets its members do this at all: where, and where among that with this field."""
        return [
            (_within(grant), self._of_role(grant.role, record_type, f, action))
            for grant in self.asker.granted(record_type, action)
            if grant.role is not None
        ]

    def _of_role(self, role: RoleDef, record_type: TypeDef, f: FieldDef, action: str) -> Rule:
        view = role.grants.get((record_type.key, "view"))
        if not self.asker.counts(view, role, record_type):
            return False
        level = READ if action == "view" else WRITE
        given = role.fields.get((record_type.key, f.key))
        if given is not None and LEVELS[given] < level:
            return False
        if (record_type.key, f.key) not in role.field_conditions:
            return True
        condition = rules.of_field(role, record_type, f.key, self.asker.snapshot)
        return False if condition is None else Fitting(condition, record_type)


def _within(grant: Granted) -> Rule:
    if grant.role is None or grant.scope == "all":
        return True
    return Within(grant.role, grant.type, grant.action)
