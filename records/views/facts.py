"""A record's values as facts: under headings, each editable in place where its reader may write it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm_config.definitions import FieldDef
from records.forms.record import file_url
from records.forms.sections import by_section
from records.forms.writable import may_write
from records.selectors import RecordView
from records.templatetags.records_tags import person, when


@dataclass(frozen=True)
class Fact:
    record: RecordView
    field: FieldDef
    html: SafeString | str
    editable: bool

    @property
    def url(self) -> str:
        return reverse("records:field", args=[self.record.id, self.field.key])

    @property
    def wide(self) -> bool:
        return self.field.type.storage == "long_data" or self.field.type.kind == "address"


@dataclass(frozen=True)
class FactSection:
    key: str
    label: str
    facts: list[Fact]


def fact(record: RecordView, f: FieldDef) -> Fact:
    return Fact(record, f, fact_html(record, f), may_write(record, f))


def fact_html(record: RecordView, f: FieldDef) -> SafeString | str:
    value = record.value(f.key)
    if value is None:
        return ""
    if f.type.group == "file":
        return _file(record, f)
    if f.type.kind == "user":
        return person(record.display(f.key))
    if f.column and f.type.kind == "datetime":
        return when(value)
    return record.render(f.key)


def _file(record: RecordView, f: FieldDef) -> SafeString:
    url, name = file_url(record.id, f.key), record.display(f.key)
    if f.type.kind == "image":
        return format_html(
            '<a href="{}"><img class="r-picture" src="{}" alt="{}" loading="lazy"></a>',
            url,
            url,
            name,
        )
    return format_html('<a href="{}">{}</a>', url, name)


def fact_sections(record: RecordView) -> list[FactSection]:
    return [
        FactSection(s.key, s.label, [fact(record, f) for f in s.fields])
        for s in by_section(record.type, record.fields)
    ]


def people_facts(record: RecordView) -> list[Fact]:
    return [fact(record, record.type.system[k]) for k in ("owner", "team") if k in record.readable]


def history_facts(record: RecordView) -> list[Fact]:
    """Who made and last changed it, and when."""
    keys = ("created_at", "created_by", "modified_at", "modified_by", "archived_at")
    found = [fact(record, record.type.system[k]) for k in keys if k in record.readable]
    return [each for each in found if each.html]
