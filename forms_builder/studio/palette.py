"""What can be put on a form: fields that do not stand on it yet, those of linked records, rows, and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.working_copy.keys import propose_key
from forms_builder.definitions import FormDef
from forms_builder.items.field import INSIDE
from forms_builder.items.linked_field import target_of
from forms_builder.items.registry import ITEMS
from forms_builder.layouts.checks import OUTSIDE
from forms_builder.studio.arrangement import Raw
from forms_builder.studio.generating import CONSENT, SHORT, TEXT, field_item, in_each
from records.forms.writable import PEOPLE

#: Kinds that need nothing of the record type.
PLAIN = ("text", "divider", "image", "consent", "hidden", "captcha")
COLUMNS = 4


@dataclass(frozen=True)
class Offer:
    """`value` is what is sent back when it is chosen."""

    value: str
    label: str
    icon: str
    hint: str = ""


@dataclass(frozen=True)
class Shelf:
    key: str
    label: str
    offers: list[Offer] = field(default_factory=list)
    open: bool = True


def shelves(form: FormDef, snapshot: Snapshot) -> list[Shelf]:
    found = [Shelf("kinds", _("Between and besides"), list(_kinds(form)))]
    record_type = snapshot.types.get(form.type)
    if record_type is None:
        return found
    own = [_field_offer(f, "field") for f in _unused(form, record_type)]
    return [
        Shelf("fields", _("Fields of %(type)s") % {"type": record_type.label}, own),
        *found,
        *_linked(form, record_type, snapshot),
        *_rows(form, snapshot),
    ]


def _kinds(form: FormDef) -> Iterator[Offer]:
    standing = {item.kind for item in form.items.values()}
    for key in PLAIN:
        if key in OUTSIDE and form.channel != "public":
            continue
        if key == "captcha" and key in standing:
            continue
        kind = ITEMS[key]
        yield Offer(key, str(kind.label), kind.icon, str(kind.description))


def fitting(form: FormDef, record_type: TypeDef) -> list[FieldDef]:
    """The fields of a type that may stand on this form."""
    found = [f for f in record_type.active if f.editable]
    if form.channel == "public":
        return [f for f in found if f.type.key not in INSIDE]
    return [*found, *(record_type.system[key] for key in PEOPLE)]


def _unused(form: FormDef, record_type: TypeDef) -> list[FieldDef]:
    standing = {
        i.options.get("field") for i in form.items.values() if i.kind in ("field", "hidden")
    }
    return [f for f in fitting(form, record_type) if f.key not in standing]


def _field_offer(f: FieldDef, before: str) -> Offer:
    hint = _("%(kind)s, required") if f.required else "%(kind)s"
    return Offer(f"{before}:{f.key}", f.label, f.type.icon, hint % {"kind": f.type.label})


def _linked(form: FormDef, record_type: TypeDef, snapshot: Snapshot) -> Iterator[Shelf]:
    used = {(i.options.get("link"), i.options.get("field")) for i in form.items.values()}
    for link in record_type.active:
        if link.type.storage != "links" or link.type.key in INSIDE:
            continue
        target = target_of(record_type, link.key, form, snapshot)
        if target is None:
            continue
        offers = [
            _field_offer(f, f"linked_field:{link.key}")
            for f in fitting(form, target)
            if (link.key, f.key) not in used
        ]
        label = _("%(link)s: fields of %(type)s") % {"link": link.label, "type": target.label}
        if offers:
            yield Shelf(f"linked-{link.key}", label, offers, open=False)


def _rows(form: FormDef, snapshot: Snapshot) -> Iterator[Shelf]:
    kind = ITEMS["rows"]
    used = {(i.options.get("type"), i.options.get("link")) for i in form.items.values()}
    offers = [
        Offer(f"rows:{r.field.record_type}:{r.field.key}", r.label, kind.icon)
        for r in snapshot.reverse_links.get(form.type, ())
        if (r.field.record_type, r.field.key) not in used
        and not snapshot.types[r.field.record_type].retired
    ]
    if offers:
        yield Shelf("rows", _("Rows of linked records"), offers, open=False)


# -- a new item


def made(value: str, form: FormDef, snapshot: Snapshot, languages: Sequence[str]) -> Raw:
    """The item that an offer stands for, as good as can be known. Raises `LookupError` for what is not offered."""
    kind, _colon, rest = value.partition(":")
    taken = set(form.items)
    record_type = snapshot.types[form.type]
    if kind == "field":
        return field_item(_known(record_type, rest), taken=taken)
    if kind == "linked_field":
        return _linked_item(rest, form, snapshot)
    if kind == "rows":
        return _rows_item(rest, form, snapshot)
    if kind not in PLAIN:
        raise LookupError(value)
    item: Raw = {"key": propose_key(kind, taken=taken), "kind": kind}
    if kind == "text":
        item["options"] = {"text": in_each(TEXT, languages)}
    if kind == "consent":
        purpose = propose_key("contact")
        item |= {"options": {"text": in_each(CONSENT, languages), "purpose": purpose}}
        item["required"] = True
    return item


def _known(record_type: TypeDef, key: str) -> FieldDef:
    f = record_type.system[key] if key in PEOPLE else record_type.fields[key]
    if not f.editable:
        raise LookupError(key)
    return f


def _linked_item(rest: str, form: FormDef, snapshot: Snapshot) -> Raw:
    link, _colon, key = rest.partition(":")
    target = target_of(snapshot.types[form.type], link, form, snapshot)
    if target is None:
        raise LookupError(link)
    item = field_item(_known(target, key), taken=set(form.items))
    return {**item, "kind": "linked_field", "options": {"link": link, "field": key}}


def _rows_item(rest: str, form: FormDef, snapshot: Snapshot) -> Raw:
    key, _colon, link = rest.partition(":")
    far = snapshot.types[key]
    _known(far, link)
    simple = [f for f in fitting(form, far) if f.type.storage != "links" and f.type.key in SHORT]
    chosen = sorted(simple, key=lambda f: not f.required)[:COLUMNS]
    columns = [f.key for f in far.active if f in chosen]
    needed = [f.key for f in chosen if f.required]
    options = {"type": key, "link": link, "fields": columns, "required": needed}
    return {
        "key": propose_key(key, taken=set(form.items)),
        "kind": "rows",
        "options": {name: said for name, said in options.items() if said},
    }
