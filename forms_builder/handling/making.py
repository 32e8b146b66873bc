"""From checked answers to records, links, rows, an activity and lists. The caller holds the transaction."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from crm_config.segments import segments_of
from forms_builder.engine.fields import sources_of
from forms_builder.handling import consents
from forms_builder.handling.matching import FILL, find_or_make
from forms_builder.handling.routing import routed
from forms_builder.handling.work import Refused, Work
from forms_builder.items.linked_field import target_of
from records.gate.change import Change
from records.segments.services import change_list

OWN = ""


def make(work: Work) -> dict[str, int]:
    """The form's own record under an empty text, linked ones by the link's key. Raises `Refused`."""
    values = parts(work)
    records = linked(work, values)
    said = work.form.handling
    own = {**values[OWN], **{link: [pk] for link, pk in records.items()}}
    records[OWN] = find_or_make(
        work,
        work.type,
        own,
        match=said.get("match", ()),
        update=said.get("update", FILL),
        given={**said.get("set", {}), **routed(work)},
        what="record",
    )
    _rows(work, records[OWN])
    _activity(work, records)
    consents.keep(work, records)
    _lists(work, records[OWN])
    return records


def parts(work: Work) -> dict[str, dict[str, Any]]:
    """Values by field, of the record itself and of each linked one."""
    sources = sources_of(work.form, work.access.snapshot)
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, value in work.values.items():
        if key in sources:
            item = work.form.items[key]
            link = item.options["link"] if item.kind == "linked_field" else OWN
            found[link][sources[key].key] = value
    return found


def linked(work: Work, values: dict[str, dict[str, Any]]) -> dict[str, int]:
    """Links about which nothing was filled in are left out."""
    said = {each["link"]: each for each in work.form.handling.get("links", ())}
    found = {}
    for link in sorted(values.keys() - {OWN}):
        target = target_of(work.type, link, work.form, work.access.snapshot)
        if target is None:
            raise Refused([f"{link}?"])
        how = said.get(link, {})
        found[link] = find_or_make(
            work,
            target,
            values[link],
            match=how.get("match", ()),
            update=how.get("update", FILL),
            given=how.get("set", {}),
            what=link,
        )
    return found


def _rows(work: Work, pk: int) -> None:
    for key, rows in work.checked.rows.items():
        options = work.form.items[key].options
        for row in rows:
            values = {**row, options["link"]: [pk]}
            work.write(Change("create", type=options["type"], values=values), key)


def _activity(work: Work, records: dict[str, int]) -> None:
    """About the linked record that the form names, or about its own."""
    said = work.form.handling.get("activity")
    if not said:
        return
    about = records.get(said.get("of", OWN), records[OWN])
    values = {**said.get("set", {}), said["link"]: [about]}
    f = work.access.snapshot.types[said["type"]].all_fields.get("subject")
    if f is not None and "subject" not in values:
        values["subject"] = f"{work.form.label} {work.submission.reference}"
    work.write(Change("create", type=said["type"], values=values), "activity")


def _lists(work: Work, pk: int) -> None:
    """Of records of the list's type: the form's own."""
    known = segments_of(work.access.snapshot)
    for key in work.form.handling.get("lists", ()):
        segment = known.get(key)
        if segment is not None and segment.record_type.key == work.form.type:
            change_list(segment, [pk], "add", access=work.access, why=work.submission.reference)
