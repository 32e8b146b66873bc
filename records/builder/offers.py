"""What a row can be about, found by typing: fields by section, over links, relations, segments, changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm_config.conditions.api import Context
from crm_config.conditions.contexts import CHANGES
from crm_config.conditions.offers import (
    before,
    beyond,
    links_in,
    own_fields,
    path_in,
    relations_in,
    same_kind,
)
from crm_config.conditions.paths import FieldPath
from crm_config.definitions import FieldDef
from crm_config.norm import normalised
from records.builder.desk import Desk, Spot
from records.builder.rows.changes import ChangedToRow, WasRow

#: So many are shown at once; typing more narrows them.
MOST = 80
ARROW = "›"


@dataclass(frozen=True)
class Offer:
    """`pick` is what is sent back when it is chosen. One with `more` is none itself: it shows what lies behind it."""

    pick: str
    label: str
    group: str = ""
    more: bool = False


def offers(desk: Desk, spot: Spot, typed: str) -> list[Offer]:
    """What fits the text; without one, all that is near at hand."""
    words = normalised(typed.replace(ARROW, " ")).split()
    if not words:
        return list(_near(desk, spot))
    found: list[Offer] = []
    for offer in (*_near(desk, spot), *_far(desk, spot.context)):
        if not offer.more and _fits(offer.label, words):
            found.append(offer)
            if len(found) == MOST:
                break
    return found


def comparable(desk: Desk, spot: Spot, path: FieldPath, typed: str) -> list[Offer]:
    """The fields that a field can be compared with."""
    words = normalised(typed.replace(ARROW, " ")).split()
    found: list[Offer] = []
    for offer in (*_own(desk, spot.context), *_far(desk, spot.context)):
        other = path_in(offer.pick.removeprefix("field:"), spot.context)
        fits = other is not None and other.text != path.text and same_kind(other, path)
        if fits and other is not None and _fits(offer.label, words):
            found.append(Offer(other.text, offer.label, offer.group))
    return found[:MOST]


def _fits(label: str, words: Iterable[str]) -> bool:
    text = normalised(label)
    return all(word in text for word in words)


def _near(desk: Desk, spot: Spot) -> Iterator[Offer]:
    """Of the records themselves."""
    context = spot.context
    yield from _own(desk, context)
    if spot.more_relations:
        for relation in relations_in(context):
            yield Offer(f"related:{relation.key}", relation.label, _("Related records"))
    if "segment" in context.nodes:
        yield from _segments(context)
    if context.nodes >= CHANGES:
        yield from _changes(context)
    for link in links_in(context):
        label = f"{link.label} {ARROW} "
        yield Offer(f"more:{link.key}", label, _("Fields of linked records"), more=True)


def _far(desk: Desk, context: Context) -> Iterator[Offer]:
    return _linked(desk, context, context, "", "")


def _own(desk: Desk, context: Context) -> Iterator[Offer]:
    for f in own_fields(context):
        if _offered(f, desk):
            yield Offer(f"field:{f.key}", f.label, _section(f, context, desk))


def _offered(f: FieldDef, desk: Desk) -> bool:
    """Links are rows of their own, always found by an index."""
    return not desk.use.quick or f.filterable or f.type.key == "link"


def _section(f: FieldDef, context: Context, desk: Desk) -> str:
    if f.system:
        return _("Every record")
    record_type = context.snapshot.types.get(f.record_type, desk.record_type)
    named = {section.key: section.label for section in record_type.sections}
    return named.get(f.section, record_type.label)


def _linked(desk: Desk, whole: Context, context: Context, path: str, label: str) -> Iterator[Offer]:
    """Over one link first, then over two."""
    steps = [
        (f"{path}{link.key}.", f"{label}{link.label} {ARROW} ", beyond(link, context))
        for link in links_in(context)
    ]
    for further, said, far in steps:
        for f in own_fields(far) if far is not None else ():
            if _offered(f, desk) and path_in(further + f.key, whole) is not None:
                group = said.rstrip(f" {ARROW}")
                yield Offer(f"field:{further}{f.key}", f"{said}{f.label}", group)
    if path.count(".") + 1 < whole.limits.links:
        for further, said, far in steps:
            if far is not None:
                yield from _linked(desk, whole, far, further, said)


def _segments(context: Context) -> Iterator[Offer]:
    keys = {t.key for t in context.types}
    for key in context.snapshot.sections.get("segments") or ():
        use = context.find_segment(key)
        if use is not None and use.record_type.key in keys and key not in context.within:
            yield Offer(f"segment:{key}", use.label, _("Segments"))


def _changes(context: Context) -> Iterator[Offer]:
    group = _("What has changed")
    for f in own_fields(before(context)):
        label = _("%(field)s has changed") % {"field": f.label}
        yield Offer(f"changed:{f.key}", label, group)
    for row in (ChangedToRow, WasRow):
        yield Offer(f"{row.kind}:", f"{str(row.phrase).capitalize()} …", group)
