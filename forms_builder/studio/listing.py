"""The forms of the working copy with what people want to know of each at a glance."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from crm_config.definitions import Snapshot, TypeDef
from crm_config.working_copy.reading import WorkingCopy
from forms_builder.definitions import CHANNELS, SECTION, FormDef, forms_of, in_use
from forms_builder.inbound import section as inbound
from forms_builder.layouts.words import told
from forms_builder.public.opening import closed


@dataclass(frozen=True)
class FormRow:
    """`address` where it can be filled in by whoever has it; `shut` why it cannot be at the moment."""

    form: FormDef
    channel: str
    questions: int
    published: bool
    changed: bool
    address: str = ""
    shut: str = ""
    hooks: list[str] = field(default_factory=list)
    uses: int = 0
    #: Who gets it and when, of those for staff.
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    label: str
    type: TypeDef | None
    rows: list[FormRow]


def row_of(form: FormDef, copy: WorkingCopy, live: Snapshot) -> FormRow:
    """Open or closed is what the published form is."""
    running = next((f for f in in_use(live, "public") if f.key == form.key), None)
    hooks = [h["key"] for h in copy.payload.get(inbound.SECTION, ()) if h.get("form") == form.key]
    return FormRow(
        form=form,
        channel=str(CHANNELS.get(form.channel, form.channel)),
        questions=sum(item.kind in ("field", "linked_field", "rows", "consent") for item in form.items.values()),
        published=form.key in forms_of(live),
        changed=copy.changed((SECTION, form.key)),
        address=reverse("public_forms:form", args=[running.slug]) if running else "",
        shut=closed(running, live) if running else "",
        hooks=hooks,
        uses=len(copy.users_of((SECTION, form.key))),
        told=told(form, copy.draft.snapshot, forms_of(copy.draft.snapshot).values()),
    )  # fmt: skip


def grouped(copy: WorkingCopy, live: Snapshot) -> list[Group]:
    """By record type, in the order of the menu; archived forms last in each."""
    types = copy.draft.snapshot.types
    forms = sorted(
        forms_of(copy.draft.snapshot).values(), key=lambda f: (f.retired, f.label.casefold())
    )
    found: dict[str, list[FormRow]] = {key: [] for key in types}
    for form in forms:
        found.setdefault(form.type, []).append(row_of(form, copy, live))
    return [
        Group(types[key].plural_label if key in types else key, types.get(key), rows)
        for key, rows in found.items()
        if rows
    ]
