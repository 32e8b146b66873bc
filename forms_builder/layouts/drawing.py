"""A laid out form as its template shows it: steps, sections and lines, with the logic that the browser follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.conditions.api import Standpoint
from crm_config.field_types.base import is_blank
from forms_builder.definitions import FormSectionDef, ItemDef, StepDef
from forms_builder.engine.compiling import compiled
from forms_builder.engine.evaluate import State
from forms_builder.layouts.judging import by_type, needed
from forms_builder.layouts.plan import Asked
from forms_builder.layouts.rows import Rows
from forms_builder.public import pictures
from records.forms.record import PREFIX

if TYPE_CHECKING:
    from forms_builder.layouts.form import StaffForm

NEVER: list[Any] = ["any", []]
#: Number inputs of browsers send a point, whatever the language.
MARK = "."
WHOLE = "full"
#: In a section of columns whose items say nothing else, each takes one.
COLUMN: Mapping[int, str] = {2: "half", 3: "third"}


@dataclass
class Line:
    """`look` names its part of the template: a field to fill in (`bound`), a fact to read (`html`), rows, a text,
    a picture or a divider."""

    key: str
    look: str
    label: str = ""
    width: str = "full"
    bound: forms.BoundField | None = None
    html: Any = ""
    rows: Rows | None = None
    image: Any = None
    shown: bool = True
    fixed: bool = False
    messages: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.bound.html_name if self.bound is not None else ""

    @property
    def wrong(self) -> bool:
        if self.rows is not None:
            return any(row.form.is_bound and row.form.errors for row in self.rows.rows)
        return self.bound is not None and bool(self.bound.errors)

    @property
    def told(self) -> str:
        return " ".join(self.messages)


@dataclass
class Section:
    key: str
    label: str
    columns: int
    lines: list[Line]


@dataclass
class Step:
    key: str
    label: str
    sections: list[Section]
    shown: bool = True

    @property
    def wrong(self) -> bool:
        lines = [line for section in self.sections for line in section.lines]
        return any(line.wrong for line in lines)


def steps(form: StaffForm) -> list[Step]:
    found = [_step(form, step) for step in form.form.steps]
    found = [step for step in found if step.sections]
    if form.besides:
        lines = [Line(f.key, "field", bound=form[f.key]) for f in form.besides]
        besides = Section("besides", _("Asked for as well"), 1, lines)
        if found:
            found[-1].sections.append(besides)
        else:
            found.append(Step("besides", "", [besides]))
    return found


def _step(form: StaffForm, step: StepDef) -> Step:
    drawn = [_section(form, step, section) for section in step.sections]
    sections = [section for section in drawn if section.lines]
    return Step(step.key, step.label, sections, form.states.steps[step.key])


def _section(form: StaffForm, step: StepDef, section: FormSectionDef) -> Section:
    lines = [line for item in section.items if (line := _line(form, item)) is not None]
    if all(line.width == WHOLE for line in lines):
        for line in lines:
            line.width = COLUMN.get(section.columns, WHOLE)
    return Section(f"{step.key}-{section.key}", section.label, section.columns, lines)


def _line(form: StaffForm, item: ItemDef) -> Line | None:
    draw = DRAWN.get(item.kind)
    line = draw(form, item) if draw else None
    if line is None:
        return None
    state: State = form.states[item.key]
    line.width, line.shown = item.width, state.shown
    line.fixed = state.readonly or state.set_by_rule
    line.messages = [rule.text for rule in state.messages if not rule.blocks]
    if line.bound is not None:
        asked = form.plan.items[item.key]
        line.bound.field.required = needed(asked, state)
    return line


def _field(form: StaffForm, item: ItemDef) -> Line | None:
    asked = form.plan.items.get(item.key)
    if asked is None:
        return None
    if asked.name in form.fields:
        return Line(item.key, "field", asked.shown.label, bound=form[asked.name])
    return Line(item.key, "fact", asked.shown.label, html=_told(form, asked))


def _told(form: StaffForm, asked: Asked) -> Any:
    value = form.beginning.get(asked.name)
    if value is None:
        return ""
    f = asked.source
    if (item_view := form.plan.view_of(asked)) and item_view.value(f.key) == value:
        return item_view.render(f.key)
    return f.type.render(f, value, form.choices.names_of(f, value))


def _rows(form: StaffForm, item: ItemDef) -> Line | None:
    rows = next((rows for rows in form.rows if rows.item is item), None)
    return Line(item.key, "rows", rows.label, rows=rows) if rows else None


def _text(form: StaffForm, item: ItemDef) -> Line:
    label = labels.text(item.labels)
    return Line(item.key, "text", label, html=labels.text(item.options["text"]))


def _image(form: StaffForm, item: ItemDef) -> Line | None:
    rendition = pictures.shown(item)
    label = labels.text(item.options.get("alt"))
    return Line(item.key, "image", label, image=rendition) if rendition else None


def _divider(form: StaffForm, item: ItemDef) -> Line:
    return Line(item.key, "divider")


DRAWN: Mapping[str, Any] = {
    "field": _field,
    "linked_field": _field,
    "rows": _rows,
    "text": _text,
    "image": _image,
    "divider": _divider,
}


# -- for the browser


def logic_json(form: StaffForm) -> Mapping[str, Any]:
    """Of items that this person may not know nothing is told: what depends on them is decided as if they were
    empty."""
    access = form.wanted.access
    standpoint = Standpoint(now=access.now, tz=access.tz)
    known = _known(form)
    found = compiled(form.logic, standpoint, fixed=form.fixed, mark=MARK)
    needed = {k for k, asked in form.plan.items.items() if by_type(asked)}
    items = [
        _without(item, known) | ({"required": True} if item["key"] in needed else {})
        for item in found["items"]
        if item["key"] in known
    ]
    here = {asked.item.key for asked in form.plan.items.values() if asked.name in form.fields}
    others = {
        key: form.json(asked, form.beginning.get(asked.name))
        for key, asked in form.plan.items.items()
        if key not in here
    }
    return {
        "items": items,
        "steps": {key: Known(known).tree(tree) for key, tree in found["steps"].items()},
        "order": [key for key in found["order"] if key in known],
        "others": {key: value for key, value in others.items() if not is_blank(value)},
        "names": {
            asked.item.key: f"{PREFIX}-{asked.name}"
            for asked in form.plan.items.values()
            if asked.item.key in here
        },
    }


def _known(form: StaffForm) -> frozenset[str]:
    plain = {i.key for i in form.form.items.values() if i.kind in ("text", "image", "divider")}
    rows = {rows.item.key for rows in form.rows}
    return frozenset({*form.plan.items, *plain, *rows})


def _without(item: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    cut = Known(frozenset(known)).tree
    found = dict(item)
    for name in ("step", "shown", "required", "readonly"):
        if name in found:
            found[name] = cut(found[name])
    if "options" in found:
        found["options"] = [[option, cut(tree)] for option, tree in found["options"]]
    if "values" in found:
        found["values"] = [[cut(tree), value] for tree, value in found["values"]]
    if "messages" in found:
        found["messages"] = [{**m, "when": cut(m["when"])} for m in found["messages"]]
    return found


@dataclass(frozen=True)
class Known:
    """Conditions without what asks for other items than these: that is false, as of anything empty."""

    keys: frozenset[str]

    def tree(self, node: Any) -> Any:
        if not isinstance(node, list):
            return node
        kind, *parts = node
        if kind in ("all", "any"):
            return [kind, [self.tree(each) for each in parts[0]]]
        if kind == "not":
            return [kind, self.tree(parts[0])]
        named = parts[:2] if kind == "two" else parts[:1]
        return node if all(key in self.keys for key in named) else NEVER
