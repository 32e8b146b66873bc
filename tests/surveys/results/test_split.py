"""The score by group of what the answers are about."""

import pytest

from crm_config.models import Segment
from surveys.results.by_group import by_group
from surveys.results.splits import split_named, splits
from tests import company as small
from tests.cast import create
from tests.surveys.results.answering import answer, answers, chosen, survey

pytestmark = pytest.mark.django_db

LOW = survey(settings={"floor": 1})


def groups(found, key):
    split = split_named(key, found.survey, found.access)
    return {g.label: (g.n, g.score and g.score.value) for g in by_group(found, split)}


def organisation(cast, who="owner", **values):
    owner = getattr(cast, who)
    team = cast.south if who == "stranger" else cast.north
    return create("organisation", name="One", owner=owner.pk, team=team.pk, **values)


def test_by_a_choice(cast):
    answers([10], organisation(cast, sector="it"))
    answers([0, 0], organisation(cast, sector="retail"))
    answers([8], organisation(cast))
    found = groups(chosen(cast.owner, LOW), "sector")
    assert found == {"Retail": (2, -100), "It": (1, 100), "Without": (1, 0)}


def test_by_owner_and_team(cast):
    answers([10], organisation(cast))
    answers([0], organisation(cast, "stranger"))
    found = chosen(cast.manager, LOW)
    assert groups(found, "owner") == {"Owner": (1, 100), "Stranger": (1, -100)}
    assert groups(found, "team") == {"North": (1, 100), "South": (1, -100)}


def test_who_sees_fewer_records_sees_fewer_groups(cast):
    answers([10], organisation(cast))
    answers([0], organisation(cast, "stranger"))
    assert groups(chosen(cast.owner, LOW), "owner") == {"Owner": (1, 100)}


def test_by_several_options_each_counts(cast):
    deals = survey(type="deal", settings={"floor": 1})
    both = create("deal", name="D", tags=["hot", "new"], owner=cast.owner.pk)
    one = create("deal", name="E", tags=["new"], owner=cast.owner.pk)
    none = create("deal", name="F", owner=cast.owner.pk)
    answers([10, 0, 8], both, one, none)
    found = groups(chosen(cast.owner, deals), "tags")
    assert found == {"New": (2, 0), "Hot": (1, 100), "Without": (1, 0)}


def test_by_a_link_names_only_what_is_seen(cast):
    deals = survey(type="deal", settings={"floor": 1})
    mine, hidden = organisation(cast), organisation(cast, "stranger", code="secret")
    for customer, score in ((mine, 10), (hidden, 0)):
        deal = create("deal", name="D", customer=customer, owner=cast.owner.pk)
        answer(deal, likely=score)
    found = groups(chosen(cast.owner, deals), "customer")
    assert found == {"One": (1, 100), "Not visible to you": (1, -100)}


def test_by_yes_and_no(cast):
    deals = survey(type="deal", settings={"floor": 1})
    for won, score in ((True, 10), (False, 0)):
        answer(create("deal", name="D", won=won, owner=cast.owner.pk), likely=score)
    assert groups(chosen(cast.owner, deals), "won") == {"Yes": (1, 100), "No": (1, -100)}


def test_by_a_field_of_the_person_who_answered(cast):
    """The survey asks about deals and is sent to the customer's organisation."""
    deals = survey(type="deal", sending={"recipient": "customer"}, settings={"floor": 1})
    customer = organisation(cast, sector="it")
    deal = create("deal", name="D", customer=customer, owner=cast.owner.pk)
    answer(deal, person=customer, likely=10)
    hidden = organisation(cast, "stranger", sector="retail")
    answer(deal, person=hidden, likely=0)
    found = groups(chosen(cast.owner, deals), "person.organisation.sector")
    assert found == {"It": (1, 100)}


def test_a_field_that_may_not_be_read_everywhere_splits_nothing(cast):
    company = small.small_company()
    hide = {"type": "organisation", "field": "sector", "access": "hidden"}
    company["roles"][2]["fields"].append(hide)
    small.publish(company=company)
    answers([10] * 6, organisation(cast, sector="it"))
    keys = {
        split.key
        for split in splits(chosen(cast.owner, LOW).survey, chosen(cast.owner, LOW).access)
    }
    assert "owner" in keys
    assert "sector" not in keys
    assert (
        split_named("sector", chosen(cast.owner, LOW).survey, chosen(cast.owner, LOW).access)
        is None
    )
    everything = chosen(cast.administrator, LOW)
    assert split_named("sector", everything.survey, everything.access) is not None


def test_by_segment(cast):
    company = {
        **small.small_company(),
        "segments": [
            {
                "key": "it",
                "type": "organisation",
                "labels": {"en": "Computers"},
                "condition": {"field": "sector", "op": "eq", "value": "it"},
            }
        ],
    }
    small.publish(company=company)
    assert Segment.objects.exists()
    answers([10, 9], organisation(cast, sector="it"))
    answers([0], organisation(cast, sector="retail"))
    found = chosen(cast.owner, LOW)
    assert groups(found, "segment:it") == {"In “Computers”": (2, 100), "All others": (1, -100)}
    only = chosen(cast.owner, LOW, segment="it")
    assert only.rows.count() == 2
    assert chosen(cast.owner, LOW, segment="unknown").rows.count() == 0


def test_a_small_group_is_hidden_and_the_next_with_it(cast):
    answers([10] * 2, organisation(cast, sector="it"))
    answers([10] * 6, organisation(cast, sector="retail"))
    answers([0] * 7, organisation(cast))
    found = groups(chosen(cast.owner, survey()), "sector")
    assert found == {"Without": (7, -100), "Retail": (6, None), "It": (2, None)}


def test_an_anonymous_survey_cannot_be_split(cast):
    found = chosen(cast.administrator, survey(settings={"anonymous": True}))
    assert splits(found.survey, found.access) == []
