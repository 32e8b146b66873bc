"""The points that responses came to, beside the questions that give them."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.models import Response
from surveys.results.exporting import responses
from surveys.results.headline import headline
from surveys.results.questions import POINTS
from surveys.results.report import numbers, report
from surveys.results.summary.files import summary_file
from surveys.results.trend import trend
from surveys.results.verbatims import Sought, sayings, verbatims
from tests import company as small
from tests.cast import create
from tests.pdf import text_of
from tests.surveys.results.answering import answer, chosen, item, page, survey

pytestmark = pytest.mark.django_db

#: Two questions, of which the first gives 10 points at most and the other 3.
OPTIONS = [
    {"key": "right", "labels": {"en": "Right"}, "points": 3},
    {"key": "wrong", "labels": {"en": "Wrong"}, "points": 0},
]
QUIZ = [
    item("fits", "rating", options={"weight": 2}),
    item("which", "single_choice", options={"options": OPTIONS}),
    item("words", "long_text"),
]


def quiz(*more, **settings):
    return survey(steps=[page("first", *QUIZ, *more)], **settings)


def only_points(**settings):
    """Nothing else in it has a score."""
    return survey(steps=[page("first", *QUIZ[1:])], **settings)


@pytest.fixture
def record(cast):
    return create("organisation", name="Shown", owner=cast.owner.pk, team=cast.north.pk)


def scored(points, record=None, **more):
    row = answer(record, which=["right"], **more)
    Response.objects.filter(pk=row.pk).update(score=points)
    return row


def points_of(found):
    [points] = [d for d in report(found).questions if d.question.key == POINTS]
    return points


def test_they_stand_first_with_mean_median_and_distribution(cast, record):
    for points in (1, 2, 2, 4, 6):
        scored(points, record)
    found = report(chosen(cast.owner, quiz())).questions
    assert [d.question.key for d in found] == [POINTS, "fits", "which", "words"]
    points = found[0]
    assert (points.question.label, points.question.n) == ("Points, 13 at most", 5)
    [part] = points.parts
    assert (part.score.value, part.median) == (3, 2)
    assert [(bar.label, bar.n) for bar in part.bars] == [("1", 1), ("2", 2), ("4", 1), ("6", 1)]


def test_a_survey_without_points_has_none(cast, record):
    answer(record, likely=9)
    assert POINTS not in chosen(cast.owner, survey()).questions


def test_responses_without_points_do_not_count(cast, record):
    for points in (1, 2, 2, 4, 6):
        scored(points, record)
    answer(record, words="nothing that counts")
    assert points_of(chosen(cast.owner, quiz())).question.n == 5


def test_they_lead_where_nothing_else_has_a_score(cast, record):
    for points in (3, 3, 3, 0, 0):
        scored(points, record)
    found = headline(chosen(cast.owner, only_points()))
    assert (found.question.key, found.score.n, found.score.value) == (POINTS, 5, 1.8)
    assert headline(chosen(cast.owner, quiz())).question.key == "fits"
    assert headline(chosen(cast.owner, quiz(), question=POINTS)).question.key == POINTS


def test_they_have_a_trend(cast, record):
    for days_ago, points in ((3, 3), (62, 1)):
        for _n in range(5):
            scored(points, record, days_ago=days_ago)
    found = trend(chosen(cast.owner, quiz(), question=POINTS))
    assert [(p.first.month, p.score and p.score.value) for p in found] == [
        (9, 1),
        (10, None),
        (11, 3),
    ]


def test_they_are_compared_with_the_period_before(cast, record):
    for days_ago, low in ((3, 8), (40, 2)):
        for n in range(10):
            scored(low + n % 2, record, days_ago=days_ago)
    found = headline(chosen(cast.owner, quiz(), question=POINTS, days="30"))
    assert found.difference.change == 6
    assert found.difference.more_than_chance


@pytest.fixture
def deal(cast):
    customer = create("organisation", name="Buyer", owner=cast.owner.pk, team=cast.north.pk)
    return create("deal", name="D", tags=["hot"], customer=customer, won=True, owner=cast.owner.pk)


@pytest.mark.parametrize(
    ("split", "group"),
    [("owner", "Owner"), ("tags", "Hot"), ("customer", "Buyer"), ("won", "Yes")],
)
def test_they_are_split_by_every_kind_of_field(cast, deal, split, group):
    for points in (5, 5, 5, 6, 6, 6):
        scored(points, deal)
    found = chosen(cast.owner, quiz(type="deal"), question=POINTS, split=split)
    assert [(g.label, g.n, g.score.value) for g in report(found).groups] == [(group, 6, 5.5)]


def test_they_are_split_by_a_segment(cast):
    company = {
        **small.small_company(),
        "segments": [
            {
                "key": "it",
                "labels": {"en": "Computers"},
                "type": "organisation",
                "condition": {"field": "sector", "op": "eq", "value": "it"},
            }
        ],
    }
    small.publish(company=company)
    for sector, points in (("it", 6), ("retail", 2)):
        record = create("organisation", name="A", owner=cast.owner.pk, sector=sector)
        for _n in range(5):
            scored(points, record)
    found = chosen(cast.owner, quiz(), question=POINTS, split="segment:it")
    groups = {g.label: (g.n, g.score.value) for g in report(found).groups}
    assert groups == {"In “Computers”": (5, 6), "All others": (5, 2)}


def test_below_the_floor_they_are_hidden(cast, record):
    for points in (1, 2, 3, 4):
        scored(points, record)
    found = chosen(cast.owner, quiz(), question=POINTS)
    assert headline(found).score is None
    assert points_of(found).hidden
    assert points_of(found).parts == ()


def test_those_about_hidden_records_are_not_counted(cast, record):
    hidden = create("organisation", name="Hidden", owner=cast.stranger.pk, team=cast.south.pk)
    for points in (1, 2, 3, 4, 5):
        scored(points, record)
        scored(13, hidden)
    assert headline(chosen(cast.owner, quiz(), question=POINTS)).score.value == 3


def test_of_each_person_the_latest_counts(cast, record):
    others = [create("organisation", name=f"O{n}", owner=cast.owner.pk) for n in range(5)]
    for other in others:
        scored(1, other, days_ago=9)
        scored(4, other, days_ago=1)
    found = headline(chosen(cast.owner, quiz(), question=POINTS, latest="1"))
    assert (found.score.n, found.score.value) == (5, 4)


def test_rows_of_files_have_them_once(cast, record):
    scored(7, record)
    headings, rows = responses(chosen(cast.owner, quiz()))
    assert headings[5:] == ["Score", "About which?"]
    assert list(next(iter(rows)))[5:] == [7, "Right"]


def test_a_shared_link_has_them_where_they_were_chosen(cast, record):
    for points in (1, 2, 3, 4, 5):
        scored(points, record)
    found = replace(chosen(cast.administrator, quiz()), kept=frozenset({"which"}))
    assert [d.question.key for d in numbers(found).questions] == ["which"]
    found = replace(chosen(cast.administrator, quiz()), kept=frozenset({POINTS}))
    assert numbers(found).headline.score.value == 3


def test_what_was_said_has_the_points_beside_it_and_is_not_told_apart_by_them(cast, record):
    for points in (1, 2, 3, 4, 5):
        scored(points, record, words=f"Said with {points}")
    found = chosen(cast.owner, only_points())
    assert [v.number for v in sayings(found)["words"].newest] == [5, 4, 3, 2, 1]
    rows, _more = verbatims(found, Sought(tone="poor"))
    assert len(rows) == 5


def test_the_summary_has_them(cast, record):
    for points in (1, 2, 2, 4, 6):
        scored(points, record)
    found = text_of(summary_file(chosen(cast.owner, quiz(), question=POINTS)).content)
    assert "Points, 13 at most n = 5" in found
    assert "Points 3.0 ±" in found
    assert "median 2.0" in found


def test_they_cost_two_queries(cast, record):
    for points in (1, 2, 2, 4, 6):
        scored(points, record, words="hello")
    counts = []
    for definition in (quiz(), survey(steps=[page("first", item("fits", "rating"), QUIZ[2])])):
        here = chosen(cast.owner, definition, days="90", split="owner")
        with CaptureQueriesContext(connection) as found:
            report(here)
        counts.append(len(found))
    assert counts[0] <= counts[1] + 2
