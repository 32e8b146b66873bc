"""What can be wrong with computed fields: names, types, relations, conditions."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid, computing, parse
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.dependencies import linked_types
from crm_config.field_types.results import linked_by
from crm_config.formulas import FormulaInvalid
from crm_config.formulas import check as check_formula
from crm_config.formulas.kinds import OF_FIELD_TYPE, Kind, kind_of
from crm_config.problems import Problem

#: What each function of a rollup can work on.
FITS: Mapping[str, frozenset[Kind]] = {
    "sum": frozenset({"number", "money"}),
    "average": frozenset({"number", "money"}),
    "min": frozenset({"number", "money", "date", "datetime"}),
    "max": frozenset({"number", "money", "date", "datetime"}),
}


def check_computed(draft: Draft) -> Iterator[Problem]:
    for record_type in draft.snapshot.types.values():
        for f in record_type.active:
            check = CHECKS.get(f.type.key)
            if check is not None and not record_type.retired:
                path = ("record_types", record_type.key, "fields", f.key)
                yield from (Problem(path, message) for message in check(f, draft.snapshot))


def _formula(f: FieldDef, snapshot: Snapshot) -> Iterator[str]:
    names = partial(kind_at, record_type=snapshot.types[f.record_type], snapshot=snapshot)
    try:
        result = check_formula(str(f.options.get("expression", "")), names)
    except FormulaInvalid as error:
        yield str(error)
        return
    wanted = OF_FIELD_TYPE[f.options.get("result_type") or "decimal"]
    if result is not None and result != wanted:
        yield _("The formula gives %(result)s, but the result is to be %(wanted)s.") % {
            "result": result,
            "wanted": wanted,
        }


def kind_at(path: str, record_type: TypeDef, snapshot: Snapshot, *, system: bool = False) -> Kind:
    """What a formula has under a name. `system`: whether it may read what every record has, such as its title. Raises
    `FormulaInvalid`."""
    first, _dot, second = path.partition(".")
    if not second:
        return _kind_of(record_type.all_fields.get(first), path, system)
    link = record_type.fields.get(first)
    if link is None or link.type.key != "link" or link.retired:
        raise FormulaInvalid(_("There is no link “%(key)s”.") % {"key": first})
    if link.options.get("multiple"):
        raise FormulaInvalid(
            _("“%(link)s” may hold several records: use a sum over linked records.")
            % {"link": link.label}
        )
    kinds = {
        _kind_of(target.all_fields.get(second), path, system)
        for target in linked_types(link, snapshot.types)
    }
    if len(kinds) != 1:
        raise FormulaInvalid(
            _("“%(path)s” is not the same kind of field in all linked types.") % {"path": path}
        )
    return kinds.pop()


def _kind_of(f: FieldDef | None, path: str, system: bool) -> Kind:
    if f is None or (f.system and not system):
        raise FormulaInvalid(_("There is no field “%(key)s”.") % {"key": path})
    kind = kind_of(f)
    if kind is None:
        raise FormulaInvalid(_("A formula cannot compute with “%(field)s”.") % {"field": f.label})
    return kind


def _lookup(f: FieldDef, snapshot: Snapshot) -> Iterator[str]:
    link = snapshot.types[f.record_type].fields.get(str(f.options.get("link", "")))
    if link is None or link.type.key != "link" or link.retired:
        yield _("Choose a link of this type.")
        return
    if link.options.get("multiple"):
        yield _("“%(link)s” may hold several records: use a sum over linked records.") % {
            "link": link.label
        }
        return
    looked_up = [
        t.all_fields.get(str(f.options.get("field"))) for t in linked_types(link, snapshot.types)
    ]
    if not all(looked_up):
        yield _("The linked records have no field “%(key)s”.") % {"key": f.options.get("field")}
    elif any(each.type.storage == "links" for each in looked_up if each):
        yield _("“%(key)s” is a link itself: look up a field that holds a value.") % {
            "key": f.options.get("field")
        }


def _rollup(f: FieldDef, snapshot: Snapshot) -> Iterator[str]:
    sources = related_types(f, snapshot.types)
    if not sources:
        yield _("There is no link or far side of a link “%(key)s”.") % {
            "key": f.options.get("relation")
        }
        return
    function = f.options.get("function") or "count"
    for source in sources:
        if function != "count":
            summed = source.fields.get(str(f.options.get("field")))
            if summed is None or summed.retired or kind_of(summed) not in FITS[function]:
                yield _("“%(key)s” of %(type)s cannot be used for this.") % {
                    "key": f.options.get("field"),
                    "type": source.plural_label,
                }
        if f.options.get("where"):
            yield from _where(f.options["where"], source, snapshot)


def _where(raw: Any, source: TypeDef, snapshot: Snapshot) -> Iterator[str]:
    try:
        parse(raw, computing(snapshot, source))
    except ConditionInvalid as error:
        yield str(error)


def related_types(f: FieldDef, types: Mapping[str, TypeDef]) -> list[TypeDef]:
    """The types whose records a rollup works on."""
    return list(linked_by(f, str(f.options.get("relation", "")), types))


CHECKS = {"formula": _formula, "lookup": _lookup, "rollup": _rollup}
