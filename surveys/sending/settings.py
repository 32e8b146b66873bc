"""How people are asked, as the survey says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from records.contact.asking import INTEREST, Message
from records.contact.definitions import SURVEY, TRANSACTIONAL, email_field, people_of
from surveys.definitions import SurveyDef

#: What one unsubscribes from where the survey names no purpose.
PURPOSE = "surveys"
PERSON, RECORD, OCCASION = "person", "record", "occasion"
EXPIRES_DAYS = 60


@dataclass(frozen=True, eq=False)
class Sending:
    survey: SurveyDef
    snapshot: Snapshot

    @property
    def link(self) -> str:
        """The field that leads to the person; empty where the record is the person."""
        return str(self.survey.sending.get("recipient") or "")

    @property
    def person_type(self) -> TypeDef | None:
        about = self.snapshot.types.get(self.survey.type)
        if about is None or not self.link:
            return about
        f = about.all_fields.get(self.link)
        targets = f.options.get("targets", ()) if f else ()
        return next((self.snapshot.types[t] for t in targets if t in self.snapshot.types), None)

    def email_of(self, person_type: TypeDef) -> FieldDef | None:
        named = person_type.all_fields.get(self.survey.sending.get("email") or "")
        if named is not None and named.type.key == "email":
            return named
        return email_field(person_type, self.snapshot)

    def language_field(self, person_type: TypeDef) -> str:
        return people_of(person_type, self.snapshot).language

    @property
    def purpose(self) -> str:
        return str(self.survey.sending.get("purpose") or PURPOSE)

    @property
    def once(self) -> str:
        return str(self.survey.sending.get("once") or OCCASION)

    @property
    def gap(self) -> timedelta:
        return timedelta(days=self.survey.sending.get("gap_days") or 0)

    @property
    def reminders(self) -> Sequence[int]:
        """In days after the mail, in order."""
        return sorted(self.survey.sending.get("reminders") or ())

    @property
    def per_hour(self) -> int:
        return int(self.survey.sending.get("per_hour") or 0)

    def expires(self, sent: datetime) -> datetime:
        return sent + timedelta(days=self.survey.sending.get("expires_days") or EXPIRES_DAYS)

    def reminder_due(self, sent: datetime, number: int) -> datetime | None:
        """When the reminder with that number, from 0, is due."""
        days = self.reminders
        return sent + timedelta(days=days[number]) if number < len(days) else None

    def message(self, thread: str = "") -> Message:
        free = self.survey.sending.get("transactional")
        return Message(
            TRANSACTIONAL if free else SURVEY,
            f"{SURVEY}:{self.survey.key}",
            self.purpose,
            self.survey.sending.get("basis") or INTEREST,
            thread,
        )
