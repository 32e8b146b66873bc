"""Names in a promise's sentence: from a snapshot, with conditions in words; or from payloads, for differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import Snapshot
from crm_config.promises.conditions import condition
from crm_config.promises.definition import PromiseDef
from crm_config.promises.kinds.registry import KINDS
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary


@dataclass(frozen=True)
class SnapshotNames:
    snapshot: Snapshot

    def role(self, key: str) -> str:
        role = self.snapshot.roles.get(key)
        return role.label if role else key

    def record_type(self, key: str) -> str:
        record_type = self.snapshot.types.get(key)
        return record_type.plural_label if record_type else key

    def field(self, record_type: str, key: str) -> str:
        found = self.snapshot.types.get(record_type)
        field = found.fields.get(key) if found else None
        return field.label if field else key

    def condition(self, record_type: str, raw: Any) -> str:
        found = self.snapshot.types.get(record_type)
        try:
            told = condition(raw, self.snapshot, found, asker=True).words() if found else ""
        except ConditionInvalid:
            told = ""
        return told[:1].lower() + told[1:] or _("a condition that cannot be read holds")


@dataclass(frozen=True)
class VocabularyNames:
    vocabulary: Vocabulary

    def role(self, key: str) -> str:
        return self.vocabulary.name(("roles", key))

    def record_type(self, key: str) -> str:
        return self.vocabulary.record_type(key)

    def field(self, record_type: str, key: str) -> str:
        return self.vocabulary.field(record_type, key)

    def condition(self, record_type: str, raw: Any) -> str:
        return _("its condition holds")


def sentence(promise: PromiseDef, names: SnapshotNames | VocabularyNames) -> Sentence:
    """In plain words; of a promise that is not complete, its name."""
    kind = KINDS.get(promise.kind)
    if kind is None or any(name not in promise.arguments for name in kind.needs):
        return say("{name}", name=promise.label)
    return kind.says(promise.arguments, names)
