"""Invitations, responses and answers in bulk, as the doors would have written them one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from crm_config.definitions import Snapshot
from forms_builder.items.base import Place
from surveys.answering.services import day_of
from surveys.definitions import SurveyDef
from surveys.following.judging import Judged
from surveys.models import Answer, Dispatch, Invitation, OpenLink, Response
from surveys.questions import answers_of
from surveys.sample.asked import Asked
from surveys.sample.chance import Chance
from surveys.scores.points import score

IStatus, RStatus = Invitation.Status, Response.Status
BATCH = 500


class Writer:
    """Collects, then writes each table at once."""

    def __init__(self, snapshot: Snapshot, chance: Chance, now: datetime) -> None:
        self.snapshot, self.chance, self.now = snapshot, chance, now
        self.invitations: list[Invitation] = []
        self.responses: list[Response] = []
        self.judged: list[Judged] = []

    def dispatch(self, survey: SurveyDef, at: datetime) -> Dispatch:
        row, new = Dispatch.objects.get_or_create(
            key=f"sample:{survey.key}:{at:%Y-%m}",
            defaults={
                "survey": survey.key,
                "name": f"{survey.label} {at:%Y-%m}",
                "status": Dispatch.Status.DONE,
                "starts_at": at,
            },
        )
        if new:
            Dispatch.objects.filter(pk=row.pk).update(created_at=at)
        return row

    def ask(self, survey: SurveyDef, asked: Asked, sending: Dispatch) -> Invitation:
        row = Invitation(
            dispatch=sending,
            survey=survey.key,
            record=asked.record,
            person=asked.person,
            key=f"sample:{survey.key}:{asked.record.pk}:{asked.at:%Y%m%d%H}",
            email=str(asked.person.data.get("email") or ""),
            language=self.language(asked),
            status=IStatus.BOUNCED if self.chance.of(2) else IStatus.DELIVERED,
            created_at=asked.at,
            sent_at=asked.at,
            delivered_at=asked.at + timedelta(minutes=1),
            # The worker reminds nobody of what the sample says was sent long ago.
            reminders=len(survey.sending.get("reminders") or ()),
            expires_at=asked.at + timedelta(days=60),
        )
        if row.status == IStatus.BOUNCED:
            row.delivered_at = None
        self.invitations.append(row)
        return row

    def answer(
        self, survey: SurveyDef, asked: Asked, row: Invitation, values: Mapping[str, Any]
    ) -> None:
        """A day or two after; a few begin and do not end."""
        began = min(asked.at + timedelta(minutes=self.chance.rng.randint(20, 3600)), self.now)
        done = not self.chance.of(6)
        row.started_at, row.status = began, IStatus.COMPLETED if done else IStatus.STARTED
        row.completed_at = began + timedelta(seconds=90) if done else None
        first = dict(list(values.items())[:1])
        response = self._response(survey, values if done else first, began, done=done)
        response.invitation, response.record, response.person = row, asked.record, asked.person
        response.key, response.language = f"sample:{row.key}", row.language
        self._keep(response, survey, done=done)

    def anonymous(
        self,
        survey: SurveyDef,
        link: OpenLink,
        at: datetime,
        number: int,
        values: Mapping[str, Any],
    ) -> None:
        day = day_of(at, self.snapshot)
        response = self._response(survey, values, day, done=True)
        response.link, response.completed_at = link, day
        response.key = f"sample:{survey.key}:{at:%Y%m%d}:{number}"
        self._keep(response, survey, done=True)

    def language(self, asked: Asked) -> str:
        spoken = self.snapshot.company.languages
        said = str(asked.person.data.get("language") or "")[:2]
        return said if said in spoken else spoken[0]

    def _response(
        self, survey: SurveyDef, values: Mapping[str, Any], began: datetime, *, done: bool
    ) -> Response:
        pages = {page.key: float(self.chance.rng.randint(6, 70)) for page in survey.steps}
        return Response(
            survey=survey.key,
            config_version=self.snapshot.version,
            status=RStatus.COMPLETED if done else RStatus.PARTIAL,
            values=dict(values),
            step=survey.steps[-1 if done else 0].key,
            end=survey.ends[-1].key if done else "",
            seconds=pages if done else dict(list(pages.items())[:1]),
            started_at=began,
            completed_at=began + timedelta(seconds=sum(pages.values())) if done else None,
        )

    def _keep(self, response: Response, survey: SurveyDef, *, done: bool) -> None:
        self.responses.append(response)
        if done:
            self.judged.append(Judged(response, survey, self.snapshot))

    def write(self) -> list[Judged]:
        """All of it; the completed responses, oldest first, as rules read them."""
        Invitation.objects.bulk_create(self.invitations, batch_size=BATCH)
        Invitation.objects.bulk_update(self.invitations, ["created_at"], batch_size=BATCH)
        moments = sorted(self.responses, key=lambda row: row.completed_at or row.started_at)
        for row in moments:
            row.invitation_id = row.invitation.pk if row.invitation else None
        for judged in self.judged:
            judged.row.score = score(judged.survey, self._values(judged), self.snapshot)
        Response.objects.bulk_create(moments, batch_size=BATCH)
        rows = [answer for judged in self.judged for answer in self._answers(judged)]
        Answer.objects.bulk_create(rows, batch_size=BATCH)
        return sorted(self.judged, key=lambda judged: judged.row.pk)

    def _values(self, judged: Judged) -> dict[str, Any]:
        """Canonical, of what counts."""
        found = {key: judged.value(key) for key in judged.row.values}
        return {key: value for key, value in found.items() if value is not None}

    def _answers(self, judged: Judged) -> list[Answer]:
        form = judged.survey.form
        return [
            Answer(
                response=judged.row,
                question=key,
                part=each.part,
                option=each.option,
                number=each.number,
                text=each.text,
            )
            for key, value in self._values(judged).items()
            for each in answers_of(Place(form.items[key], form, self.snapshot), value)
        ]
