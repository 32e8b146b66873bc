"""Differences of roles, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.diff import Difference
from crm_config.words import access
from crm_config.words.plain import NOTHING, changed_languages, label_here, shown, shown_labels
from crm_config.words.registry import SectionWords
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary

WHOLE_ROLE, IN_A_LIST = 2, 4


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if len(difference.path) == WHOLE_ROLE:
        if difference.kind == "added":
            return say(_("The role is added."))
        return say(_("The role is removed."))
    part = difference.path[2]
    if part == "grants" and len(difference.path) >= IN_A_LIST:
        return _grant(difference, vocabulary)
    if part == "fields" and len(difference.path) >= IN_A_LIST:
        return _field_right(difference, vocabulary)
    return _attribute(difference)


def _attribute(difference: Difference) -> Sentence:
    if difference.path[2] == "administers":
        if difference.after:
            return say(_("Its members may change and publish the configuration from now on."))
        return say(_("Its members may no longer change or publish the configuration."))
    before, after = label_here(difference.before), label_here(difference.after)
    if before != after:
        return say(_("It is called {after} instead of {before}."), before=before, after=after)
    return say(
        _("Its name changes in {languages}."),
        languages=changed_languages(difference.before, difference.after),
    )


def _grant(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    record_type, action = difference.path[3].split(".", 1)
    names = {
        "type": vocabulary.record_type(record_type),
        "action": access.ACTIONS.get(action, action),
    }
    if difference.kind == "added":
        scope = _scope(difference.after["scope"])
        if condition := difference.after.get("condition"):
            return say(
                _("{action} is granted on {type} if {condition}."),
                condition=vocabulary.condition(record_type, condition),
                **names,
            )
        return say(_("{action} is granted on {type}: {scope}."), scope=scope, **names)
    if difference.kind == "removed":
        return say(_("{action} is no longer granted on {type}."), **names)
    if difference.path[-1] == "scope":
        return say(
            _("{action} on {type} reaches {after} instead of {before}."),
            before=_scope(difference.before),
            after=_scope(difference.after),
            **names,
        )
    if difference.after:
        return say(
            _("{action} on {type} reaches records if {condition}."),
            condition=vocabulary.condition(record_type, difference.after),
            **names,
        )
    return say(_("{action} on {type} has no condition any more."), **names)


def _scope(key: str) -> str:
    return str(access.SCOPES.get(key, key))


def _field_right(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    record_type, field = difference.path[3].split(".", 1)
    names = {
        "type": vocabulary.record_type(record_type),
        "field": vocabulary.field(record_type, field),
    }
    if difference.kind == "removed":
        return say(
            _("The field {field} of {type} has no right of its own any more: the record's hold."),
            **names,
        )
    if difference.path[-1] == "condition":
        return _right_condition(difference, record_type, names, vocabulary)
    access_after = (
        difference.after["access"] if isinstance(difference.after, Mapping) else difference.after
    )
    if isinstance(difference.after, Mapping) and (condition := difference.after.get("condition")):
        said = vocabulary.condition(record_type, condition)
        return say(_RIGHT_IF[access_after], condition=said, **names)
    return say(_RIGHT[access_after], **names)


def _right_condition(
    difference: Difference, record_type: str, names: Mapping[str, str], vocabulary: Vocabulary
) -> Sentence:
    if difference.after is None:
        return say(_("The right on the field {field} of {type} holds on all records."), **names)
    return say(
        _("The right on the field {field} of {type} holds if {condition}."),
        condition=vocabulary.condition(record_type, difference.after),
        **names,
    )


_RIGHT_IF = {
    "hidden": gettext_lazy("The field {field} of {type} becomes hidden if {condition}."),
    "read": gettext_lazy("The field {field} of {type} can be read, not changed, if {condition}."),
    "write": gettext_lazy("The field {field} of {type} can be read and changed if {condition}."),
}


_RIGHT = {
    "hidden": gettext_lazy("The field {field} of {type} becomes hidden."),
    "read": gettext_lazy("The field {field} of {type} can be read, not changed."),
    "write": gettext_lazy("The field {field} of {type} can be read and changed."),
}


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if value is None:
        return NOTHING
    if difference.path[-1] == "condition" and len(difference.path) > IN_A_LIST:
        return vocabulary.condition(difference.path[3].split(".", 1)[0], value)
    if isinstance(value, Mapping):
        if "scope" in value:
            return str(access.SCOPES_IN_FULL.get(value["scope"], value["scope"]))
        if "access" in value:
            return str(access.FIELD_RIGHTS.get(value["access"], value["access"]))
        if difference.path[-1] == "labels":
            return shown_labels(value)
        return shown_labels(value.get("labels"))
    if difference.path[-1] == "scope":
        return str(access.SCOPES_IN_FULL.get(value, value))
    if difference.path[-1] == "access":
        return str(access.FIELD_RIGHTS.get(value, value))
    return shown(value)


WORDS = SectionWords(label=gettext_lazy("Roles"), describe=describe, show=show)
