"""The form as the builder shows it: steps, sections and items as they will look, each with its notes and faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config import labels
from crm_config.compiler import Draft
from crm_config.definitions import FieldDef
from crm_config.problems import Problem
from forms_builder.checks import never_filled, wrong
from forms_builder.definitions import FormDef, FormSectionDef, ItemDef, StepDef
from forms_builder.engine.fields import fields_of
from forms_builder.items.base import ItemKind, Place
from forms_builder.items.registry import ITEMS
from forms_builder.items.rows import columns, row_type
from forms_builder.public.controls import Control, control_of
from forms_builder.studio.arrangement import place_key
from forms_builder.studio.notes import Teller

ITEM = 4
#: Kinds that give an answer and are drawn in a way of their own.
APART = frozenset({"consent", "hidden", "rows"})


@dataclass(frozen=True)
class Drawn:
    """An item. `control` is how its answer is given, for those that have one."""

    item: ItemDef
    kind: ItemKind | None
    label: str
    help: str = ""
    control: Control | None = None
    columns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def icon(self) -> str:
        return self.kind.icon if self.kind else "warning"


@dataclass(frozen=True)
class Section:
    """`key` is `step.section`."""

    key: str
    section: FormSectionDef
    items: list[Drawn]


@dataclass(frozen=True)
class Step:
    step: StepDef
    sections: list[Section]
    notes: list[str]
    problems: list[str]


@dataclass(frozen=True)
class Fault:
    """A problem with where it is put right: an item, a step, or the settings."""

    message: str
    label: str = ""
    item: str = ""
    step: str = ""


def begins(f: FieldDef) -> Any:
    """What stands in it at first, as far as that is the same for all."""
    return None if isinstance(f.default, Mapping) else f.default


class Canvas:
    #: What a step is called where it has no name.
    numbered: Any = gettext_lazy("step %(n)d")

    def __init__(self, form: FormDef, draft: Draft) -> None:
        self.form, self.draft, self.snapshot = form, draft, draft.snapshot

    @cached_property
    def fields(self) -> Mapping[str, FieldDef]:
        return fields_of(self.form, self.snapshot)

    @cached_property
    def problems(self) -> list[Problem]:
        return list(wrong(self.form, self.draft))

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for problem in self.problems:
            if len(problem.path) == ITEM:
                found[problem.path[2], problem.path[3]].append(problem.message)
        return found

    @cached_property
    def faults(self) -> list[Fault]:
        return [self._fault(problem) for problem in self.problems]

    @property
    def unfilled(self) -> list[FieldDef]:
        """Required fields that nothing on the form gives a value."""
        return (
            never_filled(self.form, self.snapshot) if self.form.type in self.snapshot.types else []
        )

    def _fault(self, problem: Problem) -> Fault:
        part, key = problem.path[2:] if len(problem.path) == ITEM else ("", "")
        if part == "items" and key in self.form.items:
            return Fault(problem.message, self.label_of(self.form.items[key]), item=key)
        if part == "steps":
            return Fault(problem.message, key, step=key)
        return Fault(problem.message)

    def label_of(self, item: ItemDef) -> str:
        """What people read, or what it is."""
        kind = ITEMS.get(item.kind)
        if item.kind in ("consent", "text") and (text := labels.text(item.options.get("text"))):
            return text
        f = self.fields.get(item.key)
        if f is not None and (item.labels or f.key != f.label):
            return f.label
        record_type = row_type(Place(item, self.form, self.snapshot)) if kind else None
        default = record_type.plural_label if record_type else kind.label if kind else item.key
        return labels.text(item.labels, default=str(default))

    @cached_property
    def steps(self) -> list[Step]:
        teller = Teller(self.form, self.snapshot)
        return [
            Step(
                step,
                [self._section(step, section, teller) for section in step.sections],
                teller.of_step(step),
                self._by_place.get(("steps", step.key), []),
            )
            for step in self.drawn
        ]

    @property
    def drawn(self) -> tuple[StepDef, ...]:
        return self.form.steps

    @property
    def places(self) -> list[tuple[str, str]]:
        """Where items can be put: sections with a name that tells them apart."""
        return [
            (section.key, self._place(number, step, place, section))
            for number, step in enumerate(self.steps, 1)
            for place, section in enumerate(step.sections, 1)
        ]

    def _place(self, number: int, step: Step, place: int, section: Section) -> str:
        named = section.section.label
        if len(self.steps) == 1:
            return named or _("section %(n)d") % {"n": place}
        above = step.step.label or str(self.numbered) % {"n": number}
        if named or len(step.sections) > 1:
            return f"{above}: {named or _('section %(n)d') % {'n': place}}"
        return above

    def _section(self, step: StepDef, section: FormSectionDef, teller: Teller) -> Section:
        key = place_key({"key": step.key}, {"key": section.key})
        return Section(key, section, [self._drawn(item, teller) for item in section.items])

    def _drawn(self, item: ItemDef, teller: Teller) -> Drawn:
        f, kind = self.fields.get(item.key), ITEMS.get(item.kind)
        place = Place(item, self.form, self.snapshot)
        control = None
        if f is not None and kind is not None and kind.asks and item.kind not in APART:
            control = control_of(item, f, begins(f))
            kind.dress(control, place)
        shown: list[Any] = list(columns(place).values()) if item.kind == "rows" else []
        return Drawn(
            item=item,
            kind=kind,
            label=self.label_of(item),
            help=control.help if control else labels.text(item.help),
            control=control,
            columns=[column.label for column in shown],
            notes=teller.of_item(item),
            problems=self._by_place.get(("items", item.key), []),
        )
