"""However many answers and questions there are, the queries are the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.results.report import report
from tests.cast import create
from tests.surveys.results.answering import answer, chosen, item, page, survey

pytestmark = pytest.mark.django_db

#: Of everything on the page of results at once, with a split and a comparison; one is for questions that are gone.
BUDGET = 17


def queries(cast, definition):
    here = chosen(cast.owner, definition, days="90", split="owner", latest="1")
    with CaptureQueriesContext(connection) as found:
        report(here)
    return len(found)


def test_the_queries_of_a_report_are_fixed(cast):
    record = create("organisation", name="One", owner=cast.owner.pk)
    few = survey()
    answer(record, likely=9, words="hello", why=["care"], happy=5)
    fewest = queries(cast, few)
    for n in range(30):
        other = create("organisation", name=f"Org {n}", owner=cast.owner.pk)
        answer(other, likely=n % 11, words="hello there", why=["care", "price"], happy=1 + n % 5)
        answer(None, likely=3)
    many = survey(
        steps=[
            page(
                f"p{n}",
                item(f"likely{n}" if n else "likely", "nps"),
                item(f"words{n}" if n else "words", "long_text"),
            )
            for n in range(12)
        ]
    )
    assert fewest <= queries(cast, few) <= BUDGET
    assert queries(cast, many) <= BUDGET
