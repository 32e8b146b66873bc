"""One form field for one field of a record type, as the person at the screen may fill it in."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any

from django import forms

from crm_config import labels
from crm_config.conditions.api import DYNAMICS
from crm_config.definitions import FieldDef
from crm_config.field_types.base import REQUIRED_MESSAGE, LinkLabel, Names
from records.access import Access
from records.forms.people import People
from records.selectors.names import link_labels
from records.widgets.choosers import RecordChooser, SearchableSelect


class Choices:
    """What fields of one form offer, asked for once: people, and the names of linked records.
    `dynamics` are the words that operands of conditions may use, such as `me`."""

    def __init__(
        self,
        access: Access,
        names: Names | None = None,
        *,
        dynamics: Container[str] = frozenset(DYNAMICS),
    ) -> None:
        self.access = access
        self.dynamics = dynamics
        self.people = People(access)
        self.names = names or Names()

    def labels(self, ids: Any) -> dict[int, LinkLabel]:
        known = self.names.records
        missing = [pk for pk in ids if pk not in known]
        if missing:
            known.update(link_labels(missing, access=self.access))
        return {pk: known[pk] for pk in ids if pk in known}

    def names_of(self, f: FieldDef, value: Any) -> Names:
        """The names that one value needs to be shown."""
        names = Names(
            users={**dict(self.people.users), **self.names.users} if f.type.key == "user" else {},
            teams={**dict(self.people.teams), **self.names.teams} if f.type.key == "team" else {},
            files=self.names.files,
        )
        if f.type.key == "link" and value:
            names.records = self.labels(value)
        return names


Extra = Callable[[FieldDef, Any, Choices], dict[str, Any]]


def _user(f: FieldDef, value: Any, choices: Choices) -> dict[str, Any]:
    name = choices.names.users.get(value, "")
    offered = choices.people.choices("user", value, name)
    return {"choices": offered, "widget": SearchableSelect()}


def _team(f: FieldDef, value: Any, choices: Choices) -> dict[str, Any]:
    name = choices.names.teams.get(value, "")
    offered = choices.people.choices("team", value, name)
    return {"choices": offered, "widget": SearchableSelect()}


def _link(f: FieldDef, value: Any, choices: Choices) -> dict[str, Any]:
    return {"widget": RecordChooser(f, choices.labels)}


#: Wagtail's pickers stand under a dialog, so there the browser's own are used.
IN_DIALOGS: dict[str, Callable[[], forms.Widget]] = {
    "date": lambda: forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    "datetime": lambda: forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    "time": lambda: forms.TimeInput({"type": "time"}, format="%H:%M"),
}

#: What field types need from the live data, by the type's key.
EXTRAS: dict[str, Extra] = {"user": _user, "team": _team, "link": _link}


def plain(f: FieldDef) -> FieldDef:
    """A computed field as its result's kind: what filters compare with."""
    return f.type.result_field(f) if f.type.computed else f  # type: ignore[attr-defined]


def form_field(
    f: FieldDef, value: Any, choices: Choices, *, in_dialog: bool = False, **more: Any
) -> forms.Field:
    """`value` is the canonical value that stands, or the one to begin with."""
    kwargs: dict[str, Any] = {
        "label": f.label,
        "help_text": labels.text(f.help),
        "required": f.required,
        "initial": f.type.form_initial(f, value),
        **more,
    }
    extra = EXTRAS.get(f.type.key)
    if extra is not None:
        kwargs |= extra(f, value, choices)
    if in_dialog and f.type.key in IN_DIALOGS:
        kwargs["widget"] = IN_DIALOGS[f.type.key]()
    field = f.type.form_field(f, **kwargs)
    field.error_messages["required"] = str(REQUIRED_MESSAGE)
    return field


def media_of(fields: Iterable[FieldDef]) -> forms.Media:
    """What the widgets of some fields need on a page into which their forms are loaded later."""
    media = forms.Media()
    for f in fields:
        media += f.type.form_field(f).widget.media
    return media
