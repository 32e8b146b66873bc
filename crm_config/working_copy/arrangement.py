"""The order of sections and of the fields in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm_config.errors import ChangedMeanwhile
from crm_config.models import Field, RecordType, Section

#: The place of fields without a section.
LOOSE = ""
Arrangement = Sequence[tuple[str, Sequence[str]]]


def current(record_type: RecordType) -> list[tuple[Section | None, list[Field]]]:
    """Sections in order with their fields; the fields without one come first. Archived ones are left out."""
    placed: dict[int | None, list[Field]] = {None: []}
    sections = list(record_type.sections.all())
    placed.update({section.pk: [] for section in sections})
    for field in record_type.fields.all():
        if not field.retired:
            placed[field.section_id].append(field)
    return [(None, placed[None]), *((s, placed[s.pk]) for s in sections)]


def archived(record_type: RecordType) -> list[Field]:
    return [field for field in record_type.fields.all() if field.retired]


@transaction.atomic
def arrange(record_type: RecordType, arrangement: Arrangement) -> None:
    """Put sections and fields in the order given. Raises `ChangedMeanwhile` when the sections or fields are not
    those the type has now: somebody else added or removed one."""
    sections = {s.key: s for s in record_type.sections.all()}
    fields = {f.key: f for f in record_type.fields.all() if not f.retired}
    named_sections = [key for key, _keys in arrangement if key != LOOSE]
    named_fields = [key for _section, keys in arrangement for key in keys]
    if sorted(named_sections) != sorted(sections) or sorted(named_fields) != sorted(fields):
        raise ChangedMeanwhile(_("Somebody changed the fields meanwhile. Load the page again."))
    place = 0
    for order, (section_key, keys) in enumerate(arrangement):
        section = sections.get(section_key)
        if section is not None and section.order != order:
            section.order = order
            section.save(update_fields=["order"])
        for key in keys:
            _place(fields[key], section, place)
            place += 1
    for field in archived(record_type):
        _place(field, field.section, place)
        place += 1


def _place(field: Field, section: Section | None, order: int) -> None:
    target = section.pk if section else None
    if field.order != order or field.section_id != target:
        field.order, field.section_id = order, target
        field.save(update_fields=["order", "section"])


def moved(
    arrangement: Arrangement, field: str, *, by: int = 0, to: str | None = None
) -> list[tuple[str, list[str]]]:
    """The arrangement with one field moved: by places within its section, or to the end of another."""
    result = [(section, list(keys)) for section, keys in arrangement]
    for section, keys in result:
        if field in keys:
            place = keys.index(field)
            keys.remove(field)
            if to is None or to == section:
                keys.insert(min(max(place + by, 0), len(keys)), field)
                return result
    dict(result)[to or LOOSE].append(field)
    return result


def moved_section(
    arrangement: Arrangement, section: str, *, by: int
) -> list[tuple[str, list[str]]]:
    """The arrangement with one section moved by places; the fields without a section stay first."""
    loose, named = arrangement[:1], list(arrangement[1:])
    place = next(i for i, (key, _keys) in enumerate(named) if key == section)
    item = named.pop(place)
    named.insert(min(max(place + by, 0), len(named)), item)
    return [(key, list(keys)) for key, keys in [*loose, *named]]


def as_keys(record_type: RecordType) -> list[tuple[str, list[str]]]:
    return [
        (section.key if section else LOOSE, [f.key for f in fields])
        for section, fields in current(record_type)
    ]


def add_section(record_type: RecordType, *, key: str, labels: Mapping[str, Any]) -> Section:
    return Section.objects.create(
        record_type=record_type,
        key=key,
        labels=dict(labels),
        order=record_type.sections.count() + 1,
    )
