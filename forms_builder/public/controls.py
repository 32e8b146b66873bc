"""Items as the page shows them, and as it is posted back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.definitions import FieldDef
from crm_config.field_types.base import is_blank
from crm_config.field_types.support.uploads import Upload
from crm_config.field_types.support.widgets import PartsField
from forms_builder.definitions import ItemDef
from forms_builder.engine.evaluate import State
from forms_builder.items.rows import MOST

PREFIX = "i-"
#: Up to here options are seen at once; beyond it they are a list.
FEW = 6
TYPES: Mapping[str, str] = {
    "email": "email", "phone": "tel", "url": "url", "date": "date", "datetime": "datetime-local", "time": "time",
}  # fmt: skip
NUMBERS = frozenset({"integer", "decimal", "percent"})
LINES = frozenset({"long_text", "rich_text"})
#: What browsers fill in by themselves, by the key of the field.
AUTOCOMPLETE: Mapping[str, str] = {
    "given_name": "given-name", "family_name": "family-name", "email": "email", "phone": "tel", "mobile": "tel",
    "company": "organization", "job_title": "organization-title", "website": "url",
}  # fmt: skip


@dataclass(kw_only=True)
class Pictured:
    """`image` is the number of a picture, `alt` what it shows; `picture` its address, where it may be seen."""

    image: int = 0
    alt: str = ""
    picture: str = ""


@dataclass
class Option(Pictured):
    value: str
    label: str
    selected: bool = False
    disabled: bool = False
    #: Nobody can choose it any more, whatever else is answered.
    full: bool = False


@dataclass
class Part(Pictured):
    name: str
    label: str
    value: str = ""
    options: list[Option] = field(default_factory=list)
    inputmode: str = ""


@dataclass
class Control:
    """`look` says how it is drawn: the name of its template."""

    item: ItemDef
    look: str
    name: str
    label: str = ""
    help: str = ""
    placeholder: str = ""
    error: str = ""
    value: Any = ""
    type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    most: int | None = None
    accept: str = ""
    options: list[Option] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    rows: list[list[Control]] = field(default_factory=list)
    columns: list[Control] = field(default_factory=list)
    totals: list[tuple[str, str, str]] = field(default_factory=list)
    shown: bool = True
    required: bool = False
    readonly: bool = False
    messages: list[str] = field(default_factory=list)
    file_name: str = ""
    #: Where its template is, and what that one needs besides.
    folder: str = "forms_builder/public/items"
    more: dict[str, Any] = field(default_factory=dict)

    def tell(self, say: Callable[[str], str]) -> None:
        """Its texts, as `say` gives them."""
        self.label, self.help = say(self.label), say(self.help)
        self.placeholder = say(self.placeholder)
        if self.look == "text":
            self.value = say(self.value)
        for option in self.options:
            option.label, option.alt = say(option.label), say(option.alt)
        for part in self.parts:
            part.label, part.alt = say(part.label), say(part.alt)
        self.more = {k: say(v) if isinstance(v, str) else v for k, v in self.more.items()}

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def template(self) -> str:
        return f"{self.folder}/{self.look}.html"

    @property
    def describes(self) -> str:
        """The ids of what describes it, for screen readers."""
        said = [("error", self.error), ("help", self.help)]
        return " ".join(f"{self.name}-{what}" for what, text in said if text)

    @property
    def is_group(self) -> bool:
        return self.look in ("radios", "ticks", "parts", "rows")


def name_of(item: ItemDef) -> str:
    return f"{PREFIX}{item.key}"


def control_of(
    item: ItemDef,
    f: FieldDef,
    value: Any,
    *,
    state: State | None = None,
    offered: Mapping[int, str] | None = None,
    full: Collection[str] = (),
    name: str = "",
) -> Control:
    """One question. `offered` are the records of a link; `full` the options without a place left."""
    found = Control(
        item,
        "input",
        name or name_of(item),
        label=f.label,
        help=labels.text(f.help),
        placeholder=labels.text(f.placeholder),
        value="" if value is None else value,
        autocomplete=AUTOCOMPLETE.get(str(item.options.get("field", "")), ""),
    )
    kind = f.type.key
    if kind == "boolean":
        found.look, found.value = "tick", value is True or value == "on"
    elif kind in ("choice", "multi_choice", "rating", "link"):
        _choices(found, f, value, state, offered, full)
    elif f.type.group == "file":
        found.look = "file"
        types = f.type.types(f) if isinstance(f.type, Upload) else []
        found.accept = ",".join(f".{ending}" for ending in types)
    elif isinstance(form_field := f.type.form_field(f), PartsField):
        _parts(found, form_field, value)
    else:
        found.look = "lines" if kind in LINES else "input"
        found.type = TYPES.get(kind, "text")
        found.inputmode = "decimal" if kind in NUMBERS else ""
        found.most = getattr(form_field, "max_length", None)
    return found


def _choices(
    found: Control,
    f: FieldDef,
    value: Any,
    state: State | None,
    offered: Mapping[int, str] | None,
    full: Collection[str],
) -> None:
    held = {str(v) for v in value} if isinstance(value, list | tuple) else {str(value)}
    if f.type.key == "link":
        pairs = [(str(pk), title) for pk, title in (offered or {}).items()]
        several = bool(f.type.option(f, "multiple"))
    elif f.type.key == "rating":
        pairs = [(str(n), str(n)) for n in range(1, f.type.option(f, "max") + 1)]
        several = False
    else:
        pairs = [(o.key, o.label) for o in f.choices if not o.retired]
        several = f.type.key == "multi_choice"
    limited = state.offered if state else None
    found.options = [
        Option(
            key,
            _("%(option)s (full)") % {"option": label} if key in full else label,
            selected=key in held,
            disabled=key in full or (limited is not None and key not in limited),
            full=key in full,
        )
        for key, label in pairs
    ]
    found.look = "ticks" if several else "radios" if len(pairs) <= FEW else "select"


def _parts(found: Control, form_field: PartsField, value: Any) -> None:
    held = value if isinstance(value, Mapping) else {}
    found.look = "parts"
    for key, part in zip(form_field.names, form_field.fields, strict=True):
        said = str(held.get(key) or "")
        label = str(form_field.widget.names.get(key, key))
        choices = getattr(part, "choices", None)
        options = [Option(str(k), str(v), str(k) == said) for k, v in choices or ()]
        mode = "decimal" if part.__class__.__name__ == "DecimalField" else ""
        found.parts.append(Part(f"{found.name}-{key}", label, said, options, mode))


def posted(item: ItemDef, f: FieldDef, data: QueryDict, name: str = "") -> Any:
    """What came back of one question, as raw value."""
    name = name or name_of(item)
    if f.type.key == "boolean":
        return name in data
    if f.type.key == "multi_choice" or (f.type.key == "link" and f.type.option(f, "multiple")):
        return data.getlist(name) or None
    form_field = f.type.form_field(f)
    if isinstance(form_field, PartsField):
        found = {key: data.get(f"{name}-{key}", "") for key in form_field.names}
        return None if all(is_blank(v) for v in found.values()) else found
    return data.get(name)


def posted_rows(
    item: ItemDef, fields: Mapping[str, FieldDef], data: QueryDict
) -> list[dict[str, Any]]:
    name = name_of(item)
    counted = data.get(f"{name}-rows", "0")
    count = min(int(counted), MOST + 1) if counted.isdigit() and len(counted) < 4 else 0
    rows = []
    for n in range(count):
        row = {key: posted(item, f, data, f"{name}-{n}-{key}") for key, f in fields.items()}
        rows.append({key: value for key, value in row.items() if not is_blank(value)})
    return rows
