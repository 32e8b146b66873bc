"""Who gets a form for staff, and when, as sentences; and what a change of who fills it in takes away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config import labels
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from forms_builder.definitions import FormDef, ItemDef
from forms_builder.engine.fields import sources_of
from forms_builder.items.base import Place
from forms_builder.items.field import INSIDE
from forms_builder.items.rows import columns
from forms_builder.layouts.checks import OUTSIDE
from forms_builder.layouts.uses import NAMES, STAFF, USES, rank, said
from records.forms.layouts import CONVERSION, CREATE, EDIT, OUTCOME, QUICK, TRANSITION

#: What somebody does when the form comes.
DOING: Mapping[str, Any] = {
    CREATE: gettext_lazy("when creating %(type)s"),
    EDIT: gettext_lazy("when changing %(type)s"),
    QUICK: gettext_lazy("when making %(type)s in passing"),
    CONVERSION: gettext_lazy("before converting %(type)s"),
    TRANSITION: gettext_lazy("when moving %(type)s to another stage"),
    OUTCOME: gettext_lazy("when %(type)s is done"),
}


def told(form: FormDef, snapshot: Snapshot, others: Iterable[FormDef] = ()) -> list[str]:
    """A sentence for each use: “Sales see this one when creating Opportunity”."""
    record_type = snapshot.types.get(form.type)
    if form.channel != STAFF or record_type is None:
        return []
    rivals = [f for f in others if f.key != form.key and _beside(f, form)]
    return [
        _sentence(form, use, record_type, snapshot, rivals)
        for use in USES
        if use in said(form, "used_for")
    ]


def _beside(other: FormDef, form: FormDef) -> bool:
    return other.channel == STAFF and other.type == form.type and not other.retired


def _sentence(
    form: FormDef, use: str, record_type: TypeDef, snapshot: Snapshot, rivals: Sequence[FormDef]
) -> str:
    who = _roles(form, snapshot)
    doing = DOING[use] % {"type": record_type.label}
    if use == TRANSITION and said(form, "into"):
        stages = _stages(record_type, said(form, "into"))
        doing = _("when moving %(type)s to %(stages)s") % {
            "type": record_type.label,
            "stages": stages,
        }
    where = ""
    if rank(form, use)[1]:
        where = " " + _("in the stage %(stages)s") % {
            "stages": _stages(record_type, said(form, "stages"))
        }
    before = [
        f.label for f in rivals if use in said(f, "used_for") and rank(f, use) > rank(form, use)
    ]
    text = _("%(who)s: this one %(doing)s%(where)s") % {"who": who, "doing": doing, "where": where}
    if before:
        text += " " + _("(unless “%(others)s” fits better)") % {"others": "”, “".join(before)}
    return text


def _roles(form: FormDef, snapshot: Snapshot) -> str:
    keys = said(form, "roles")
    if not keys:
        return _("Everybody")
    known = snapshot.roles
    return ", ".join(known[key].label if key in known else key for key in sorted(keys))


def _stages(record_type: TypeDef, keys: Iterable[str]) -> str:
    f = record_type.all_fields.get("stage")
    known = f.choice_map if f is not None else {}
    named = [option.label for key, option in known.items() if key in set(keys)]
    return _(" or ").join(named or sorted(keys))


# -- another channel


def losing(form: FormDef, snapshot: Snapshot) -> Iterator[str]:
    """What goes when others fill it in, in words."""
    to_staff = form.channel != STAFF
    settings = [k for k in form.settings if (k in NAMES) != to_staff]
    if settings and to_staff:
        yield _(
            "How it is reached and guarded: its address, opening and closing, limits, confirmation, mails."
        )
    elif settings:
        yield _("Where it is used, and for whom.")
    for item in unfit(form, snapshot):
        yield _("The item “%(name)s”.") % {"name": _name(item, form, snapshot)}
    if to_staff and any(form.handling.get(k) for k in ("match", "activity", "routes", "lists")):
        yield _(
            "By what it is found again, its activity, its routes and its lists mean nothing meanwhile."
        )


def unfit(form: FormDef, snapshot: Snapshot) -> list[ItemDef]:
    """The items that the others cannot be asked."""
    if form.channel != STAFF:
        return [item for item in form.items.values() if item.kind in OUTSIDE]
    sources = sources_of(form, snapshot)
    return [
        item
        for item in form.items.values()
        if any(_inside(f, item) for f in _asked(item, form, snapshot, sources))
    ]


def _asked(
    item: ItemDef, form: FormDef, snapshot: Snapshot, sources: Mapping[str, FieldDef]
) -> list[FieldDef]:
    if item.kind == "rows":
        return list(columns(Place(item, form, snapshot)).values())
    return [sources[item.key]] if item.key in sources else []


def _inside(f: FieldDef, item: ItemDef) -> bool:
    """Known to people of the house alone, or a link that does not say what it offers."""
    unsaid = f.type.storage == "links" and item.options.get("offer") is None
    return f.type.key in INSIDE or f.system or (unsaid and item.kind != "hidden")


def _name(item: ItemDef, form: FormDef, snapshot: Snapshot) -> str:
    f = sources_of(form, snapshot).get(item.key)
    return labels.text(item.labels, default=f.label if f else item.key)
