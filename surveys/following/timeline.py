"""What a record's timeline tells of surveys: that one was answered, and what became of it. Nothing of anonymous ones,
whose answers are nobody's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from records.selectors.reading import RecordView
from records.timeline_notes import Note
from surveys.definitions import SurveyDef, surveys_of
from surveys.following.answers import leading, leading_label
from surveys.following.names import rule_label
from surveys.following.visibility import followed, seen, visible
from surveys.models import Answer, FollowUpStep, Response

#: Of one record, the newest.
MOST = 50


def notes(view: RecordView) -> Iterator[Note]:
    snapshot = view.access.snapshot
    known = {s.key: s for s in surveys_of(snapshot).values() if not s.is_anonymous}
    if not known or view.type.key not in {each.key for each in followed(snapshot)}:
        return
    yield from _answered(view, known)
    yield from _followed(view, snapshot)


def _answered(view: RecordView, known: Mapping[str, SurveyDef]) -> Iterator[Note]:
    """Of a person, also those about records of which they are; as far as these are seen."""
    reach = seen("record", followed(view.access.snapshot), view.access) | Q(record=None)
    rows = Response.objects.filter(
        Q(record=view.id) | Q(reach, person=view.id),
        survey__in=known,
        status=Response.Status.COMPLETED,
        is_test=False,
    ).select_related("person")
    found = list(rows.order_by("-pk")[:MOST])
    numbers = _numbers([row.pk for row in found], known)
    for row in found:
        if row.completed_at is not None:
            survey = known[row.survey]
            number = numbers.get(row.pk, "")
            named = {"survey": survey.label, "score": number}
            what = (
                _("answered the survey “%(survey)s”: %(score)s")
                if number
                else _("answered the survey “%(survey)s”")
            )
            yield Note(row.completed_at, "", what % named)


def _numbers(responses: list[int], known: Mapping[str, SurveyDef]) -> Mapping[int, str]:
    keys = {key: leading(survey) for key, survey in known.items()}
    rows = Answer.objects.filter(
        response__in=responses, question__in=set(keys.values()), part="", number__isnull=False
    )
    found = rows.values_list("response", "response__survey", "question", "number")
    return {
        pk: f"{leading_label(known[key])} {number:g}"
        for pk, key, question, number in found
        if keys[key] == question
    }


def _followed(view: RecordView, snapshot: Snapshot) -> Iterator[Note]:
    """With what was said along, for those who see the follow-up."""
    mine = visible(view.access).filter(Q(record=view.id) | Q(made=view.id))
    rows = FollowUpStep.objects.filter(follow_up__in=mine.values("pk"))
    for step in rows.select_related("by", "follow_up").order_by("-at")[:MOST]:
        row = step.follow_up
        what = f"{step.get_what_display()}: {rule_label(row, snapshot)}"
        url = reverse("voices:follow_up", args=[row.pk])
        yield Note(step.at, str(step.by or ""), what, step.words, url)
