"""What an item does, in short notes: when it is shown, required, fixed, and what else decides about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_config.definitions import Snapshot
from forms_builder.definitions import FormDef, ItemDef, StepDef
from forms_builder.studio.asking import in_words

LONGEST = 120


@dataclass(frozen=True)
class Teller:
    form: FormDef
    snapshot: Snapshot

    def of_step(self, step: StepDef) -> list[str]:
        if step.shown_when is None:
            return []
        return [_("there if %(condition)s") % {"condition": self._words(step.shown_when)}]

    def of_item(self, item: ItemDef) -> list[str]:
        return [*self._conditions(item), *self._rules(item), *self._rest(item)]

    def _words(self, raw: object) -> str:
        return Truncator(in_words(raw, self.form, self.snapshot)).chars(LONGEST)

    def _conditions(self, item: ItemDef) -> Iterator[str]:
        said = (
            (item.shown_when, _("shown if %(condition)s")),
            (item.required_when, _("required if %(condition)s")),
            (item.readonly_when, _("fixed if %(condition)s")),
        )
        for raw, text in said:
            if raw is not None:
                yield text % {"condition": self._words(raw)}
        if item.readonly:
            yield _("nobody can change it")

    def _rules(self, item: ItemDef) -> Iterator[str]:
        if n := len({rule.option for rule in item.options_when}):
            text = ngettext("%(n)d option only at times", "%(n)d options only at times", n)
            yield text % {"n": n}
        for rule in item.value_set_when:
            yield _("filled in by itself if %(condition)s") % {"condition": self._words(rule.when)}
        for message in item.message_when:
            text = _("not sent if %(condition)s") if message.blocks else _("told if %(condition)s")
            yield text % {"condition": self._words(message.when)}

    def _rest(self, item: ItemDef) -> Iterator[str]:
        if item.prefill:
            yield _("filled in from the address: ?%(name)s=") % {"name": item.prefill}
        if item.capacity:
            yield _("limited places")
        if item.shown_when is not None and item.when_hidden == "keep":
            yield _("kept when hidden")
