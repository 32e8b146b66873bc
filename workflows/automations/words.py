"""An automation in plain words: “When a record of Leads is created, if …, then assign it in turn, add a task.”"""

from __future__ import annotations

from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import Snapshot
from workflows.actions.registry import ACTIONS
from workflows.automations.arguments import condition_of
from workflows.automations.definitions import AutomationDef
from workflows.triggers.registry import TRIGGERS


def sentence(automation: AutomationDef, snapshot: Snapshot) -> str:
    record_type = snapshot.types.get(automation.type)
    kind = TRIGGERS.get(automation.kind)
    if record_type is None or kind is None:
        return automation.label
    done = [
        ACTIONS[a.kind].says(a.arguments, record_type)
        for a in automation.actions
        if a.kind in ACTIONS
    ]
    parts = {
        "when": kind.says(automation.trigger, record_type),
        "if": _condition(automation, snapshot),
        "then": ", ".join(done) or _("nothing yet"),
    }
    if parts["if"]:
        return _("%(when)s, if %(if)s, then %(then)s.") % parts
    return _("%(when)s, then %(then)s.") % parts


def _condition(automation: AutomationDef, snapshot: Snapshot) -> str:
    if not automation.condition:
        return ""
    try:
        read = condition_of(automation.condition, snapshot, snapshot.types[automation.type])
    except ConditionInvalid:
        return _("a condition that cannot be read holds")
    told = read.words()
    return told[:1].lower() + told[1:]
