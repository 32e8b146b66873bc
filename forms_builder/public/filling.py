"""One visit to a form: what was answered so far, on which step, and what the page shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.conditions.api import Standpoint
from crm_config.definitions import FieldDef, Snapshot
from crm_config.field_types.base import ValueRefused, is_blank
from forms_builder import places
from forms_builder.definitions import FormDef, ItemDef, StepDef
from forms_builder.engine.answers import Checked, check, reading
from forms_builder.engine.compiling import compiled
from forms_builder.engine.evaluate import State, States, evaluate
from forms_builder.engine.logic import Logic, logic_of
from forms_builder.engine.plain import plain
from forms_builder.engine.settling import settling
from forms_builder.handling.work import access_of
from forms_builder.items.base import Place
from forms_builder.items.registry import ITEMS
from forms_builder.items.rows import columns
from forms_builder.offers import Offers
from forms_builder.public import pictures
from forms_builder.public.controls import (
    Control,
    control_of,
    name_of,
    posted,
    posted_rows,
)

MOST_PREFILLED = 500


@dataclass(eq=False)
class Filling:
    """`values` are raw, by item. `files` tells what was uploaded, by item: their ids come from here alone."""

    form: FormDef
    snapshot: Snapshot
    language: str
    values: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    step: str = ""
    #: The same for one visit: what stands in a random order stays as it was.
    seed: str = ""

    @property
    def secret(self) -> frozenset[str]:
        """Items whose values no page may hold: what depends on them is settled here."""
        return frozenset()

    def say(self, text: str) -> str:
        """A text of the form as it is told in this visit."""
        return text

    @cached_property
    def logic(self) -> Logic:
        return logic_of(self.form, self.snapshot)

    @cached_property
    def access(self) -> Any:
        return access_of(self.form)

    @cached_property
    def offers(self) -> Offers:
        return Offers(self.form, self.access)

    @cached_property
    def context(self) -> Any:
        return reading(self.access, self.language)

    @property
    def raw(self) -> dict[str, Any]:
        """All that was answered: hidden values and files come from the house, not from the page."""
        own = {key: each["id"] for key, each in self.files.items()}
        hidden = {k: v for k, v in self.fixed.items() if self.form.items[k].kind == "hidden"}
        return {**self.values, **own, **hidden}

    def states(self) -> States:
        return evaluate(self.logic, self.raw, context=self.context, fixed=self.fixed)

    def steps(self, states: States) -> list[StepDef]:
        """Those that are there; at least one, so that there is something to stand on."""
        found = [step for step in self.form.steps if states.steps[step.key]]
        return found or list(self.form.steps[:1])

    def checked(self, states: States, steps: list[str] | None = None) -> Checked:
        return check(
            self.logic,
            states,
            snapshot=self.snapshot,
            context=self.context,
            offers=self.offers,
            steps=steps,
        )

    # -- what the address and the form give ------------------------------------------------------

    def begin(self, query: Mapping[str, Any]) -> None:
        """Defaults, and what the address fills in; that of read-only and hidden items is fixed for good."""
        for item in self.form.items.values():
            f = self.logic.fields.get(item.key)
            if f is None or item.kind == "consent":
                continue
            value = self._default(f)
            if item.prefill and (given := query.get(item.prefill)):
                value = self._prefilled(f, str(given)[:MOST_PREFILLED], value)
            if value is not None:
                self.values[item.key] = value
                if item.kind == "hidden" or item.readonly or item.readonly_when is not None:
                    self.fixed[item.key] = value

    def renew(self) -> None:
        """The form changed since it was opened: what it gives now comes to what it gave then."""
        fresh = type(self)(self.form, self.snapshot, self.language)
        fresh.begin({})
        self.values = fresh.values | self.values
        self.fixed = fresh.fixed | self.fixed

    def _default(self, f: FieldDef) -> Any:
        try:
            value = f.type.default(f, self.context)
        except ValueRefused:
            return None
        return None if value is None else f.type.to_json(f, value)

    def _prefilled(self, f: FieldDef, text: str, otherwise: Any) -> Any:
        """What does not fit is left out: nobody typed it."""
        try:
            value = f.type.coerce(f, plain(text), self.context)
        except ValueRefused:
            return otherwise
        return otherwise if value is None or f.type.group == "file" else f.type.to_json(f, value)

    def take(self, data: QueryDict, step: StepDef) -> None:
        """What was posted of one step. Other names are nothing to this form."""
        for item in step.items:
            f = self.logic.fields.get(item.key)
            if item.kind == "rows":
                place = Place(item, self.form, self.snapshot)
                self.values[item.key] = plain(posted_rows(item, columns(place), data))
            elif f is not None and item.kind != "hidden" and f.type.group != "file":
                self.values[item.key] = plain(posted(item, f, data))

    # -- what is shown ---------------------------------------------------------------------------

    def controls(self, step: StepDef, states: States, errors: Mapping[str, str]) -> list[Any]:
        """Sections of the step with their controls."""
        held = places.taken(self.form) if any(i.capacity for i in step.items) else {}
        found = []
        for section in step.sections:
            drawn = [
                control
                for item in section.items
                if (control := self._control(item, states, errors, held)) is not None
            ]
            found.append({"section": section, "controls": drawn})
        return found

    def _control(
        self, item: ItemDef, states: States, errors: Mapping[str, str], held: Any
    ) -> Control | None:
        state = states[item.key]
        kind = ITEMS.get(item.kind)
        draw = DRAWN.get(item.kind)
        if draw is None and kind is not None and is_question(item):
            draw = Filling._question
        control = draw(self, item, state, held) if draw else None
        if control is None or kind is None:
            return None
        kind.dress(control, Place(item, self.form, self.snapshot), seed=self.seed)
        control.tell(self.say)
        control.shown, control.required = state.shown, state.required
        control.readonly = state.readonly or state.set_by_rule
        control.error = errors.get(item.key, "")
        control.messages = [rule.text for rule in state.messages if not rule.blocks]
        return control

    def _question(self, item: ItemDef, state: State, held: Any) -> Control | None:
        f = self.logic.fields.get(item.key)
        if f is None:
            return None
        value = self.values.get(item.key) if not state.shown or state.not_offered else state.value
        full = places.full_options(item, held)
        control = control_of(item, f, value, state=state, offered=self.offers.of(item), full=full)
        if item.key in self.files:
            control.file_name = self.files[item.key]["name"]
        return control

    def _consent(self, item: ItemDef, state: State, held: Any) -> Control | None:
        control = self._question(item, state, held)
        if control is not None:
            control.label = labels.text(item.options["text"])
        return control

    def _rows(self, item: ItemDef, state: State, held: Any) -> Control | None:
        place = Place(item, self.form, self.snapshot)
        fields = columns(place)
        record_type = self.snapshot.types.get(str(place.option("type")))
        name = name_of(item)
        default = record_type.plural_label if record_type else item.key
        control = Control(item, "rows", name, label=labels.text(item.labels, default=default))
        control.help = labels.text(item.help)
        rows = list(self.values.get(item.key) or ())
        least = max(place.option("least", 0), 1)
        rows += [{} for _n in range(least - len(rows))]
        offered = self.offers.of(item)
        for n, row in enumerate(rows):
            control.rows.append(
                [
                    control_of(item, f, row.get(key), offered=offered, name=f"{name}-{n}-{key}")
                    for key, f in fields.items()
                ]
            )
        for cell in (cell for row in control.rows for cell in row):
            cell.autocomplete = "off"
            if cell.look == "radios":
                cell.look = "select"
        control.columns = control.rows[0]
        control.totals = [
            (key, fields[key].label, self._total(fields[key], rows))
            for key in place.option("totals", ())
            if key in fields
        ]
        return control

    def _total(self, f: FieldDef, rows: list[dict[str, Any]]) -> str:
        found: Any = 0
        for row in rows:
            try:
                value = f.type.coerce(f, row.get(f.key), self.context)
            except ValueRefused:
                continue
            found += getattr(value, "amount", value) or 0
        return f"{found}"

    def _text(self, item: ItemDef, state: State, held: Any) -> Control:
        control = Control(item, "text", name_of(item), label=labels.text(item.labels))
        control.value = labels.text(item.options["text"])
        return control

    def _divider(self, item: ItemDef, state: State, held: Any) -> Control:
        return Control(item, "divider", name_of(item))

    def _image(self, item: ItemDef, state: State, held: Any) -> Control | None:
        rendition = pictures.shown(item)
        if rendition is None:
            return None
        control = Control(item, "image", name_of(item), label=labels.text(item.options.get("alt")))
        control.value = {
            "url": reverse("public_forms:picture", args=[self.form.slug, item.key]),
            "width": rendition.width,
            "height": rendition.height,
        }
        return control

    def _proof(self, item: ItemDef, state: State, held: Any) -> Control:
        return Control(item, "proof", name_of(item))

    def logic_json(self, states: States) -> dict[str, Any]:
        standpoint = Standpoint(now=self.access.now, tz=self.access.tz)
        secret, raw = self.secret, self.raw
        said = compiled(
            self.logic,
            standpoint,
            fixed={k: v for k, v in self.fixed.items() if k not in secret},
            mark=self.context.decimal_mark,
            settle=settling(self.logic, secret, raw, self.context, self.snapshot)
            if secret
            else None,
        )
        elsewhere = raw.keys() - self._here - secret
        return {
            **said,
            "others": {k: raw[k] for k in raw if k in elsewhere and not is_blank(raw[k])},
        }

    @property
    def _here(self) -> set[str]:
        step = next((s for s in self.form.steps if s.key == self.step), self.form.steps[0])
        return {item.key for item in step.items if item.kind != "hidden"}


def is_question(item: ItemDef) -> bool:
    """Whether somebody sees it and can give it a value."""
    kind = ITEMS.get(item.kind)
    return kind is not None and kind.asks and item.kind != "hidden"


DRAWN: Mapping[str, Any] = {
    "field": Filling._question,
    "linked_field": Filling._question,
    "consent": Filling._consent,
    "rows": Filling._rows,
    "text": Filling._text,
    "divider": Filling._divider,
    "image": Filling._image,
    "captcha": Filling._proof,
}


def progress(step: StepDef, steps: list[StepDef]) -> str:
    number = next((n for n, each in enumerate(steps, 1) if each.key == step.key), 1)
    return _("Step %(number)s of %(count)s") % {"number": number, "count": len(steps)}
