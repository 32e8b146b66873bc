"""One submission on its way to records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_config.definitions import TypeDef
from crm_config.models import User
from forms_builder.definitions import FormDef
from forms_builder.engine.answers import Checked
from forms_builder.engine.evaluate import States
from forms_builder.engine.logic import Logic
from forms_builder.models import Submission
from records import services
from records.access import Access
from records.gate.change import Change
from records.models import Event


class Refused(Exception):
    """The gate refuses what would be written; `reasons` are for the people who look after it."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(self.reasons))


def access_of(form: FormDef) -> Access:
    """The authority of the form, on behalf of whom it names: it may write what stands on it, and nothing else
    comes out of it."""
    name = form.handling.get("by")
    user = User.objects.filter(username=name, is_active=True).first() if name else None
    return Access.system(on_behalf_of=user)


@dataclass(eq=False)
class Work:
    form: FormDef
    submission: Submission
    logic: Logic
    states: States
    checked: Checked
    access: Access
    made: list[dict[str, Any]] = field(default_factory=list)

    @property
    def type(self) -> TypeDef:
        return self.access.snapshot.types[self.form.type]

    @property
    def values(self) -> Mapping[str, Any]:
        return self.checked.values

    def write(self, change: Change, what: str) -> int:
        """Through the gate, as every write. Raises `Refused`."""
        outcome = services.execute_one(
            change,
            access=self.access,
            channel=Event.Channel.FORM,
            reason=f"{self.form.label} {self.submission.reference}",
        )
        if not outcome.ok or outcome.id is None:
            raise Refused([told(r.message, r.rule) for r in outcome.refusals])
        self.made.append({"id": outcome.id, "what": what})
        return outcome.id


def told(message: Any, rule: str | None) -> str:
    return f"{message} ({rule})" if rule else str(message)
