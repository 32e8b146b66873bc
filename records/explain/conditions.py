"""A condition's verdict, part by part."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from crm_config.conditions.api import Condition, Names, Trace
from crm_config.conditions.paths import FieldPath
from crm_config.conditions.tree import Aggregate, AllOf, AnyOf, Compare, CompareFields, Not, Related
from crm_config.conditions.words import say
from records.access.asker import Asker
from records.access.scopes import Owned
from records.access.subjects import subject_of
from records.explain.reader import Reader
from records.explain.tree import Part


def of_condition(condition: Condition, asker: Asker, record: Owned, reader: Reader) -> Part:
    subject = subject_of(record, reader.type, asker.snapshot)
    if subject is None:
        return Part("condition", _("Nothing is known of the record."), False)
    trace = condition.trace(subject, asker.standpoint)
    words = condition.words() if reader.knows_rules else _("The condition of the role")
    return Part("condition", words, bool(trace), [_part(trace, reader)])


def _part(trace: Trace, reader: Reader) -> Part:
    inner = [_part(part, reader) for part in trace.parts]
    match trace.node:
        case AllOf():
            return Part("all", _("All of these"), trace.verdict, inner)
        case AnyOf():
            return Part("any", _("One of these"), trace.verdict, inner)
        case Not():
            return Part("not", _("Not this"), trace.verdict, inner)
    return Part("leaf", _words(trace, reader), trace.verdict, inner, _saw(trace, reader))


def _words(trace: Trace, reader: Reader) -> str:
    """Those who may not read the rule are told which of the fields that they see it is about."""
    if reader.knows_rules:
        text = say(trace.node, Names())
        return text[:1].upper() + text[1:]
    paths = _own_paths(trace)
    if paths and all(reader.sees(path.field.key) for path in paths):
        return ", ".join(path.field.label for path in paths)
    return _("Something that you may not see")


def _own_paths(trace: Trace) -> Sequence[FieldPath]:
    """The record's own fields that a comparison reads; none for what it asks of other records."""
    match trace.node:
        case Compare(path=path) if not path.steps:
            return (path,)
        case CompareFields(path=path, other=other) if not (path.steps or other.steps):
            return (path, other)
    return ()


def _saw(trace: Trace, reader: Reader) -> str:
    """What it compared. Figures over other records are for those alone from whom none is hidden."""
    if paths := _own_paths(trace):
        shown = [
            (p.field.label, reader.value(p.field.key)) for p in paths if reader.sees(p.field.key)
        ]
        return ", ".join(f"{label}: {value or '–'}" for label, value in shown)
    if isinstance(trace.node, Related | Aggregate) and reader.access.unlimited:
        return str(trace.saw[0]) if trace.saw else ""
    return ""


def parted(trace: Trace, reader: Reader) -> Part:
    """A verdict that was reached elsewhere, as one reader may be told of it."""
    return _part(trace, reader)
