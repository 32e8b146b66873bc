"""What somebody answers on the public page is what the results count."""

import pytest

from records.access import Access
from surveys.results.chosen import Chosen
from surveys.results.distributions import distributions
from surveys.results.headline import headline
from surveys.results.rates import pages, rates
from surveys.results.verbatims import Sought, verbatims
from tests.surveys import surveying
from tests.surveys.surveying import Respondent, options, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    steps = [
        surveying.page("one", question("nps", "nps", required=True), question("why", "long_text")),
        surveying.page(
            "two", question("which", "single_choice", options={"options": options("a", "b")})
        ),
    ]
    surveying.publish(surveying.survey(steps=steps, settings={"floor": 1}))
    return surveying.person(owner=cast.owner.pk, team=cast.north.pk)


def results(user):
    return Chosen(surveying.published(), Access.of(user))


def test_a_whole_visit(cast, asked):
    invitation = surveying.invite(record=asked, sent_at="2026-01-01T00:00Z")
    visitor = Respondent(invitation.token)
    visitor.open()
    visitor.send(nps="9", why="Quick answers")
    visitor.send(which="b")
    found = results(cast.owner)
    assert (headline(found).n, headline(found).score.value) == (1, 100)
    which = next(each for each in distributions(found) if each.question.key == "which")
    bars = {bar.label: bar.n for bar in which.parts[0].bars}
    assert bars == {"A": 0, "B": 1}
    (said,), _more = verbatims(found, Sought())
    assert (said.text, said.number, said.record.title) == ("Quick answers", 9, "Ana Popa")
    assert (rates(found).answered.count, rates(found).answered.n) == (1, 1)
    assert [(page.reached, page.left.count) for page in pages(found)] == [(1, 0), (1, 0)]
    assert headline(results(cast.stranger)).n == 0


def test_one_that_stopped_half_way_is_only_begun(cast, asked):
    visitor = Respondent(surveying.invite(record=asked, sent_at="2026-01-01T00:00Z").token)
    visitor.open()
    visitor.send(nps="2")
    found = results(cast.owner)
    assert headline(found).n == 0
    assert (rates(found).finished.count, rates(found).finished.n, rates(found).started) == (0, 1, 1)


def test_an_answer_by_an_open_link_is_nobodys(cast, asked):
    visitor = Respondent(surveying.open_link().token)
    visitor.open()
    visitor.send(nps="9")
    visitor.send(which="a")
    assert headline(results(cast.owner)).n == 0
    assert headline(results(cast.administrator)).n == 1
