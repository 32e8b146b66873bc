"""Why a field of a record may be read or given a value, or may not: what each role says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config import rules
from crm_config.definitions import FieldDef, RoleDef, TypeDef
from crm_config.field_types.base import Text
from records.access import Access
from records.access.asker import Asker
from records.access.levels import LEVELS, READ, WRITE
from records.access.places import Rule
from records.errors import NotVisible
from records.explain.conditions import of_condition
from records.explain.reader import Reader
from records.explain.tree import Part
from records.models import Record

#: What is asked of a field, and the level that it takes.
NEEDED: Mapping[str, int] = {"view": READ, "change": WRITE}

SAID: Mapping[str, Text] = {
    "hidden": gettext_lazy("Role %(role)s: this field is hidden"),
    "read": gettext_lazy("Role %(role)s: this field may be read"),
    "write": gettext_lazy("Role %(role)s: this field may be changed"),
    "": gettext_lazy("Role %(role)s: this field is like the rest of the record"),
}


def fields_about(reader: Reader) -> list[FieldDef]:
    """The fields of a record that may be asked about: those that the reader sees, and for administrators all."""
    if reader.record is None:
        return []
    return [f for f in reader.type.active if reader.knows_rules or reader.sees(f.key)]


def field_about(key: str, action: str, reader: Reader) -> FieldDef:
    """Raises `NotVisible`."""
    found = next((f for f in fields_about(reader) if f.key == key), None)
    if found is None or action not in NEEDED:
        raise NotVisible(key)
    return found


def allowed(access: Access, action: str, record: Record, record_type: TypeDef, key: str) -> bool:
    """The verdict of the selectors and of the gate."""
    return (
        access.allows(action, record, record_type)
        and access.level_of(record, record_type, key) >= NEEDED[action]
    )


def of_field(asker: Asker, action: str, record: Record, f: FieldDef, reader: Reader) -> Part:
    """As one of those as whom is asked. A field that is not seen cannot be changed."""
    rules_of = [asker.levels.reading(reader.type, f.key)]
    if action == "change":
        rules_of.append(asker.levels.writing(reader.type, f.key, action))
    verdict = all(_holds(rule, asker, record) for rule in rules_of)
    words = _("The field %(field)s") % {"field": f.label}
    if asker.unlimited:
        parts = [] if verdict else list(_computed(action, f))
        return Part("field", words, verdict, parts)
    parts = [*_computed(action, f), *_inputs(asker, record, f, reader)]
    if asker.access.most(reader.type) < NEEDED[action]:
        parts.append(Part("token", _("The token leaves it out"), False))
    parts += [_of_role(asker, role, action, record, f, reader) for role in asker.roles]
    return Part("field", words, verdict, parts)


def _holds(rule: Rule, asker: Asker, record: Record) -> bool:
    return rule if isinstance(rule, bool) else rule.holds(asker, record)


def _computed(action: str, f: FieldDef) -> Iterator[Part]:
    if action == "change" and not f.editable:
        yield Part("computed", _("It is computed: nobody fills it in"), False)


def _inputs(asker: Asker, record: Record, f: FieldDef, reader: Reader) -> Iterator[Part]:
    """What a computed field reads. Those who may not see one of these are not told which it is."""
    for name in f.depends_on:
        holds = _holds(asker.levels.input_of(f, name), asker, record)
        owner = asker.snapshot.types.get(name[0])
        source = owner.all_fields.get(name[1]) if owner else None
        told = reader.knows_rules or (
            source is not None and name[0] == reader.type.key and reader.sees(name[1])
        )
        label = source.label if source is not None and told else _("something else")
        yield Part("input", _("It is computed from %(field)s") % {"field": label}, holds)


def _of_role(
    asker: Asker, role: RoleDef, action: str, record: Record, f: FieldDef, reader: Reader
) -> Part:
    record_type = reader.type
    named = {"role": role.label, "type": record_type.plural_label}
    needed = ["view"] if action == "view" else ["view", action]
    grants = [role.grants.get((record_type.key, each)) for each in needed]
    if not all(asker.counts(grant, role, record_type) for grant in grants):
        return Part("role", _("Role %(role)s: nothing is granted on %(type)s") % named, False)
    given = role.fields.get((record_type.key, f.key), "")
    words = str(SAID[given]) % named
    if given and LEVELS[given] < NEEDED[action]:
        return Part("role", words, False)
    parts = [
        Part("scope", _("The role reaches this record"), reached)
        for reached in [asker.reaches(action, record, record_type, by=role)]
        if not reached
    ]
    if (record_type.key, f.key) in role.field_conditions:
        parts.append(_condition(asker, role, record, f, reader))
    return Part("role", words, all(part.verdict for part in parts), parts)


def _condition(asker: Asker, role: RoleDef, record: Record, f: FieldDef, reader: Reader) -> Part:
    condition = rules.of_field(role, reader.type, f.key, asker.snapshot)
    if condition is None:
        broken = _("Its condition cannot be read any more, and so grants nothing")
        return Part("condition", broken, False)
    return of_condition(condition, asker, record, reader)
