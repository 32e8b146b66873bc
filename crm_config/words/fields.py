"""Differences of fields and their options, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.diff import Difference
from crm_config.field_types import registry
from crm_config.words.plain import NOTHING, changed_languages, label_here, shown, shown_labels
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary

WHOLE_FIELD, OF_A_CHOICE = 4, 6
LABELS = ("labels", "help", "placeholder")

#: For each flag: what is said when it is switched on, and off.
FLAGS = {
    "required": (
        gettext_lazy("The field {field} becomes required."),
        gettext_lazy("The field {field} is no longer required."),
    ),
    "unique": (
        gettext_lazy("The field {field} must be unique from now on."),
        gettext_lazy("The field {field} need not be unique any more."),
    ),
    "filterable": (
        gettext_lazy("Lists can be filtered by the field {field}."),
        gettext_lazy("Lists can no longer be filtered by the field {field}."),
    ),
    "sortable": (
        gettext_lazy("Lists can be sorted by the field {field}."),
        gettext_lazy("Lists can no longer be sorted by the field {field}."),
    ),
    "searchable": (
        gettext_lazy("Searches look into the field {field}."),
        gettext_lazy("Searches no longer look into the field {field}."),
    ),
    "personal": (
        gettext_lazy("The field {field} counts as personal data."),
        gettext_lazy("The field {field} no longer counts as personal data."),
    ),
    "readonly_after_creation": (
        gettext_lazy("The field {field} can be filled in only when a record is created."),
        gettext_lazy("The field {field} can be changed after creation too."),
    ),
    "retired": (
        gettext_lazy("The field {field} is archived; its values are kept."),
        gettext_lazy("The field {field} comes back from the archive, with its values."),
    ),
}


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    path = difference.path
    if difference.kind == "moved" and path[3] == "order":
        return say(_("The order of its fields changes."))
    name = vocabulary.name(path[:4])
    if len(path) == WHOLE_FIELD:
        return _whole(difference, name)
    if path[4] == "choices" and len(path) >= OF_A_CHOICE:
        return _choice(difference, name, vocabulary)
    return _attribute(difference, name, vocabulary)


def _whole(difference: Difference, name: str) -> Sentence:
    if difference.kind == "removed":
        return say(_("The field {field} is removed."), field=name)
    return say(
        _("The field {field} is added: {kind}."), field=name, kind=kind(difference.after["type"])
    )


def kind(key: str) -> str:
    found = registry.all_types().get(key)
    return str(found.label) if found else key


def _choice(difference: Difference, field: str, vocabulary: Vocabulary) -> Sentence:
    if difference.kind == "moved":
        return say(_("The order of the options of {field} changes."), field=field)
    names = {"field": field, "option": vocabulary.name(difference.path[:6])}
    if difference.kind == "added":
        return say(_("{field} gets the option {option}."), **names)
    if difference.kind == "removed":
        return say(_("{field} loses the option {option}."), **names)
    attribute = difference.path[6]
    if attribute == "retired":
        if difference.after:
            return say(_("The option {option} of {field} is archived."), **names)
        return say(_("The option {option} of {field} can be chosen again."), **names)
    if attribute == "colour":
        return say(_("The option {option} of {field} changes its colour."), **names)
    before, after = label_here(difference.before), label_here(difference.after)
    if before != after:
        return say(
            _("The option {before} of {field} is called {after}."),
            field=field,
            before=before,
            after=after,
        )
    return say(_("The translations of the option {option} of {field} change."), **names)


def _attribute(difference: Difference, name: str, vocabulary: Vocabulary) -> Sentence:
    attribute = difference.path[4]
    if attribute in FLAGS:
        on, off = FLAGS[attribute]
        return say(on if difference.after else off, field=name)
    before = show(difference, difference.before, vocabulary)
    after = show(difference, difference.after, vocabulary)
    if attribute == "labels":
        return _renamed(difference, name)
    if attribute == "type":
        return say(
            _("The field {field} changes its kind from {before} to {after}."),
            field=name,
            before=before,
            after=after,
        )
    if attribute == "options":
        return _option(difference, name, after)
    return say(_of_a_field(attribute), field=name, after=after)


def _renamed(difference: Difference, name: str) -> Sentence:
    before, after = label_here(difference.before), label_here(difference.after)
    if before != after:
        return say(_("The field {before} is called {after}."), before=before, after=after)
    return say(
        _("The name of the field {field} changes in {languages}."),
        field=name,
        languages=changed_languages(difference.before, difference.after),
    )


def _option(difference: Difference, name: str, after: str) -> Sentence:
    if len(difference.path) == WHOLE_FIELD + 1:
        return say(_("The settings of the field {field} change."), field=name)
    return say(
        _("{setting} of the field {field} becomes {after}."),
        field=name,
        setting=setting(difference.path[5]),
        after=after,
    )


def setting(key: str) -> str:
    """The name of an option of a field type: the same key means the same in every type."""
    for field_type in registry.all_types().values():
        for spec in field_type.option_specs:
            if spec.key == key:
                return str(spec.label)
    return key


def _of_a_field(attribute: str) -> str:
    said = {
        "section": _("The field {field} moves to the section {after}."),
        "help": _("The help of the field {field} changes."),
        "placeholder": _("The placeholder of the field {field} changes."),
        "default": _("New records start with {after} in the field {field}."),
    }
    return said.get(attribute, _("The field {field} changes."))


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    path = difference.path
    if value is None:
        return NOTHING
    if len(path) == WHOLE_FIELD and isinstance(value, Mapping):
        return _summary(value)
    if path[-1] == "order":
        return ", ".join(vocabulary.name((*path[:-1], key)) for key in value)
    if path[-1] in LABELS:
        return shown_labels(value)
    if path[4:] == ("type",):
        return kind(value)
    if path[4:] == ("section",):
        return vocabulary.name((*path[:2], "sections", value))
    if path[4:5] == ("choices",) and isinstance(value, Mapping):
        return shown_labels(value.get("labels"))
    if path[4:] == ("options",):
        return "; ".join(f"{setting(key)}: {shown(part)}" for key, part in value.items())
    return shown(value)


def _summary(raw: Mapping[str, Any]) -> str:
    """A whole field on one line: its kind, its flags, its options."""
    flags = [name for name in FLAGS if raw.get(name)]
    parts = [kind(raw["type"]), *(str(FLAG_NAMES[flag]) for flag in flags)]
    if choices := raw.get("choices"):
        parts.append(", ".join(label_here(c.get("labels")) or c["key"] for c in choices))
    return "; ".join(parts)


FLAG_NAMES = {
    "required": gettext_lazy("required"),
    "unique": gettext_lazy("unique"),
    "filterable": gettext_lazy("filterable"),
    "sortable": gettext_lazy("sortable"),
    "searchable": gettext_lazy("searchable"),
    "personal": gettext_lazy("personal data"),
    "readonly_after_creation": gettext_lazy("read-only after creation"),
    "retired": gettext_lazy("archived"),
}
