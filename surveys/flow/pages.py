"""Which pages somebody sees."""

from __future__ import annotations

from forms_builder.definitions import FormDef, ItemDef, StepDef
from forms_builder.engine.evaluate import States
from forms_builder.public.filling import is_question

#: What people see without answering it.
SEEN = frozenset({"text", "divider"})


def pages_there(form: FormDef, states: States) -> list[StepDef]:
    """Pages with nothing to see are passed over."""
    return [
        step
        for step in form.steps
        if states.steps[step.key] and any(_seen(item, states) for item in step.items)
    ]


def _seen(item: ItemDef, states: States) -> bool:
    return states[item.key].shown and (item.kind in SEEN or is_question(item))
