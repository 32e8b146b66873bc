"""A form as one person fills it in without a connection: with their rights, and not with the form's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from crm_config.field_types.base import is_blank
from forms_builder.definitions import FormDef
from forms_builder.engine.evaluate import States
from forms_builder.offers import Offers
from forms_builder.offline.offered import NearAtHand, open_items
from forms_builder.public.filling import Filling
from records.access import Access

#: What the browser is told of an item that somebody may not fill in: that it is there, for others ask for it.
TOLD_OF_OTHERS = ("key", "read", "hidden")


class StaffFilling(Filling):
    def __init__(self, form: FormDef, access: Access, language: str) -> None:
        super().__init__(form, access.snapshot, language)
        # Takes the place of the form's own authority.
        self.access = access
        self.open = open_items(form, access)
        self.begin({})
        self.values = {key: value for key, value in self.values.items() if key in self.open}
        self.fixed = {key: value for key, value in self.fixed.items() if key in self.open}

    def receive(self, data: QueryDict) -> None:
        """What was filled in. Items that are not open to this person keep what the form gives them: nothing."""
        for step in self.form.steps:
            self.take(data, step)
        self.values = {key: value for key, value in self.values.items() if key in self.open}

    def look_near(self) -> None:
        """Let links offer what the person has at hand."""
        self.offers: Offers = NearAtHand(self.form, self.access)

    def drawn(self) -> list[dict[str, Any]]:
        """All steps below each other, with what can be filled in."""
        states, several = self.states(), len(self.form.steps) > 1
        found = []
        for step in self.form.steps:
            heading = step.label if several else ""
            for section in self.controls(_only(step, self.open), states, {}):
                if section["controls"]:
                    found.append({**section, "label": section["section"].label or heading})
                    heading = ""
        return found

    def states(self) -> States:
        """What somebody may not fill in is nothing that they would have to."""
        found = super().states()
        for key, state in found.items.items():
            if key not in self.open:
                state.value, state.required, state.messages = None, False, ()
        return found

    def logic_for_browser(self) -> dict[str, Any]:
        found = self.logic_json(self.states())
        found["others"] = {k: v for k, v in self.fixed.items() if not is_blank(v)}
        found["items"] = [self._told(item) for item in found["items"]]
        return found

    def _told(self, item: dict[str, Any]) -> dict[str, Any]:
        if item["key"] in self.open:
            return item
        told = {key: item[key] for key in TOLD_OF_OTHERS if key in item}
        if "read" in told:
            told["read"] = {**told["read"], "choices": [], "offered": []}
        return {**told, "hidden": True}


def _only(step: Any, keys: frozenset[str]) -> Any:
    sections = tuple(
        replace(s, items=tuple(item for item in s.items if item.key in keys)) for s in step.sections
    )
    return replace(step, sections=sections)


def left_out(form: FormDef, access: Access) -> str:
    """What is said where something of the form cannot be filled in now."""
    gone = [
        key
        for key, item in form.items.items()
        if key not in open_items(form, access) and item.kind not in ("hidden", "captcha")
    ]
    return _("What is not asked here is added when it was sent.") if gone else ""
