"""The door in for answers: begun, kept between two pages, completed. Nothing that was sent counts twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from crm_config.definitions import Snapshot
from forms_builder.engine.answers import Checked
from forms_builder.engine.evaluate import States, evaluate
from forms_builder.engine.plain import plain
from forms_builder.items.base import Place
from records import occasions
from records.access import Access
from records.occasions import Occasion
from surveys.answering import completed
from surveys.answering.consents import keep_consents
from surveys.answering.visits import Visit
from surveys.definitions import EndDef, QuotaDef, SurveyDef
from surveys.flow import quotas
from surveys.flow.compiling import flow_logic, flow_of
from surveys.flow.ends import answers_in, end_of
from surveys.models import Answer, Invitation, Response
from surveys.questions import answers_of
from surveys.scores.points import score

Status = Response.Status
#: Of one text, in characters: longer ones are told to be too long, and not kept between two pages.
MOST_KEPT = 100_000
#: Seconds on one page beyond which somebody has been elsewhere.
LONGEST = 3600
UNUSED = (
    Invitation.Status.QUEUED,
    Invitation.Status.SENDING,
    Invitation.Status.UNSURE,
    Invitation.Status.SENT,
    Invitation.Status.DELIVERED,
    Invitation.Status.OPENED,
    Invitation.Status.BOUNCED,
    Invitation.Status.FAILED,
)


class Already(Exception):
    """It was answered before."""


class Erased(Exception):
    """Whoever answers was erased while the page was on its way: nothing is kept of it."""


@dataclass
class Kept:
    """What one page brings: `values` by question are those of the page alone."""

    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Any] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    step: str = ""
    language: str = ""
    #: By page.
    seconds: Mapping[str, float] = field(default_factory=dict)


def begin(visit: Visit, kept: Kept, *, key: str, snapshot: Snapshot, opened: datetime) -> Response:
    """The first page that a person sends. Begun on two devices by one invitation, it is one response. Raises
    `Erased`."""
    survey = _survey(visit)
    anonymous, now = survey.is_anonymous, timezone.now()
    invitation = None if anonymous else visit.invitation
    row = Response(
        survey=survey.key,
        config_version=snapshot.version,
        key=f"invitation:{invitation.pk}" if invitation else key,
        is_test=visit.is_test,
        invitation=invitation,
        link=visit.link,
        record_id=visit.record_id,
        person_id=visit.person_id,
        started_at=day_of(opened, snapshot) if anonymous else opened,
        fixed=plain(dict(kept.fixed)),
    )
    _put(row, kept)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _hide_moments(row, snapshot, anonymous)
            if invitation is not None:
                unused = Invitation.objects.filter(pk=invitation.pk, status__in=UNUSED)
                unused.update(status=Invitation.Status.STARTED, started_at=now)
    except IntegrityError as error:
        begun = Response.objects.filter(key=row.key).first()
        if begun is None:
            raise Erased from error
        return keep(begun, kept, survey=survey, snapshot=snapshot)
    return row


def keep(row: Response, kept: Kept, *, survey: SurveyDef, snapshot: Snapshot) -> Response:
    """Between two pages. Other devices may have answered other pages meanwhile: theirs stay. Raises `Erased`."""
    with transaction.atomic():
        current = _held(row)
        _put(current, kept)
        current.save()
        _hide_moments(current, snapshot, survey.is_anonymous)
    return current


def _held(row: Response) -> Response:
    """As it is now, and nobody else's until the transaction ends: an erasure waits for it, or it for the erasure."""
    current = Response.objects.select_for_update().get(pk=row.pk)
    if current.is_erased:
        raise Erased
    return current


def _put(row: Response, kept: Kept) -> None:
    """Answers that stand are changed apart, until all is sent."""
    values, files = row.values, row.files
    if row.status != Status.PARTIAL:
        row.editing = row.editing or {"values": dict(values), "files": dict(files)}
        values, files = row.editing["values"], row.editing["files"]
    values |= {k: v for k, v in plain(dict(kept.values)).items() if not _too_long(v)}
    files.clear()
    files |= kept.files
    row.step, row.language = kept.step, kept.language
    for page, seconds in kept.seconds.items():
        spent = row.seconds.get(page, 0) + min(seconds, LONGEST)
        row.seconds[page] = round(spent, 1)


def _too_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > MOST_KEPT


@dataclass(eq=False)
class Done:
    """All that was answered, and found to fit."""

    raw: Mapping[str, Any]
    files: Mapping[str, Any]
    states: States
    checked: Checked
    context: Any


def complete(row: Response, done: Done, *, visit: Visit, snapshot: Snapshot) -> Response:
    """In one transaction: the response and its answers, the invitation, places of quotas, and whoever listens. Raises
    `Already` for what was completed before, on another device or by the same page sent twice, and `Erased`."""
    survey = _survey(visit)
    with transaction.atomic():
        current = _held(row)
        changes = current.editing is not None
        if current.status != Status.PARTIAL and not changes:
            raise Already
        if not changes:
            _use(visit, survey)
        end = _settle(current, done, survey, snapshot)
        current.values = {k: v for k, v in done.states.values.items() if k in survey.questions}
        current.files, current.editing = dict(done.files), None
        current.config_version, current.end = snapshot.version, end.key
        current.score = score(survey, done.checked.values, snapshot)
        moment = timezone.now()
        current.completed_at = day_of(moment, snapshot) if survey.is_anonymous else moment
        current.save()
        _hide_moments(current, snapshot, survey.is_anonymous)
        if not current.is_test and current.status == Status.COMPLETED:
            _count(current, done, survey, snapshot)
            keep_consents(current, done.checked.values, survey)
            completed.tell(current, survey)
            _tell(current, survey)
    return current


def _use(visit: Visit, survey: SurveyDef) -> None:
    """The invitation learns that it was used: in anonymous surveys that alone, and neither when nor by which answers.
    Whoever comes second is told so. Raises `Already`."""
    if visit.invitation is None:
        return
    done = Invitation.Status.COMPLETED
    open_ = Invitation.objects.filter(pk=visit.invitation.pk).exclude(status=done)
    used = open_.update(
        status=done, **({} if survey.is_anonymous else {"completed_at": timezone.now()})
    )
    if survey.is_anonymous and not used:
        raise Already


def _settle(row: Response, done: Done, survey: SurveyDef, snapshot: Snapshot) -> EndDef:
    """Whether it counts, and which end page it comes to. Raises `quotas.Full` where answers that stand would be
    changed to ones that are not wanted any more: then they stand as they were."""
    answers = answers_in(flow_logic(survey, snapshot), done.states, done.context)
    met = quotas.met(survey, answers, snapshot)
    standing = row.status == Status.COMPLETED
    if survey.quotas and not row.is_test:
        try:
            with transaction.atomic():
                if standing:
                    quotas.release(survey, _met_before(row, done, survey, snapshot))
                quotas.claim(survey, met)
        except quotas.Full as full:
            if standing:
                raise
            row.status = Status.SCREENED
            return quotas.end_when_full(survey, full.quota)
    row.status = Status.COMPLETED
    return end_of(flow_of(survey, snapshot), done.states, answers, snapshot)


def _met_before(row: Response, done: Done, survey: SurveyDef, snapshot: Snapshot) -> list[QuotaDef]:
    logic = flow_logic(survey, snapshot)
    states = evaluate(logic, {**row.values, **row.fixed}, context=done.context, fixed=row.fixed)
    return quotas.met(survey, answers_in(logic, states, done.context), snapshot)


def _count(row: Response, done: Done, survey: SurveyDef, snapshot: Snapshot) -> None:
    """The rows that results count. Of answers that were changed, the old ones go."""
    row.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(
            response=row,
            question=key,
            part=each.part,
            option=each.option,
            number=each.number,
            text=each.text,
        )
        for key, value in done.checked.values.items()
        if key in survey.questions
        for each in answers_of(Place(survey.questions[key], survey.form, snapshot), value)
    )


def _tell(row: Response, survey: SurveyDef) -> None:
    about = row.record_id or row.person_id
    if about is not None:
        key, detail = f"survey:{row.pk}", {"survey": survey.key}
        occasions.tell(Occasion("survey_answered", [about], key=key, detail=detail))


def _hide_moments(row: Response, snapshot: Snapshot, anonymous: bool) -> None:
    """Of anonymous answers no moment is kept: by it, they could be joined with whoever was here then."""
    if anonymous:
        row.touched_at = day_of(timezone.now(), snapshot)
        Response.objects.filter(pk=row.pk).update(touched_at=row.touched_at)


def day_of(moment: datetime, snapshot: Snapshot) -> datetime:
    """The beginning of its day, where the company is."""
    tz = Access(snapshot=snapshot).tz
    return moment.astimezone(tz).replace(hour=0, minute=0, second=0, microsecond=0)


def _survey(visit: Visit) -> SurveyDef:
    if visit.survey is None:
        raise LookupError(visit.token)
    return visit.survey
