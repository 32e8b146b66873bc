"""Results over the API."""

import pytest
from django.test import Client

from tests.cast import create
from tests.surveys import surveying
from tests.surveys.results.answering import answers, survey

pytestmark = pytest.mark.django_db

RESULTS = "/api/v1/surveys/relation/results"


@pytest.fixture
def record(cast):
    surveying.publish(survey())
    return create("organisation", name="Shown", owner=cast.owner.pk, team=cast.north.pk)


def asked(user, url, **query):
    client = Client()
    client.force_login(user)
    return client.get(url, query)


def test_the_surveys_that_may_be_read_stand_there_with_their_score(cast, record):
    answers([10] * 6, record)
    (found,) = asked(cast.owner, "/api/v1/surveys").json()["surveys"]
    assert (found["key"], found["answers"], found["score"]["value"]) == ("relation", 6, 100)
    assert asked(cast.outsider, "/api/v1/surveys").json() == {"surveys": []}


def test_the_figures_of_one(cast, record):
    answers([10] * 6, record)
    found = asked(cast.owner, RESULTS, split="owner").json()
    assert found["groups"] == [{"label": "Owner", "n": 6, "score": found["score"]}]
    likely = found["questions"][0]
    assert (likely["n"], likely["parts"][0]["bars"][10]["share"]["count"]) == (6, 6)
    assert [point["n"] for point in found["trend"]] == [6]


def test_too_few_are_hidden_there_too(cast, record):
    answers([10] * 3, record)
    found = asked(cast.owner, RESULTS).json()
    assert (found["answers"], found["score"], found["questions"][0]["parts"]) == (3, None, [])


def test_others_find_no_such_survey(cast, record):
    assert asked(cast.outsider, RESULTS).status_code == 404
    assert asked(cast.owner, "/api/v1/surveys/none/results").status_code == 404


def test_what_cannot_be_read_is_refused(cast, record):
    assert asked(cast.owner, RESULTS, by="eon").status_code == 422
    assert asked(cast.owner, RESULTS, nonsense="1").status_code == 422
