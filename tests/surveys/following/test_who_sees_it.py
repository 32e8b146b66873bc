"""Follow-ups are seen by their owner, who leads the team, and whoever may view the record; by nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from crm_config.models import User
from jobs.services import run_pending
from records.access import Access
from surveys.following.visibility import may_work, visible
from surveys.models import FollowUp
from tests.cast import Cast, join
from tests.cast import person as worker
from tests.surveys.following.following import answer, followed, publish, rule, somebody
from tests.surveys.surveying import Respondent, open_link, question
from tests.surveys.surveying import page as step

pytestmark = pytest.mark.django_db


def page(user: User, row: FollowUp) -> int:
    client = Client()
    client.force_login(user)
    return client.get(reverse("voices:follow_up", args=[row.pk])).status_code


def test_owner_lead_and_viewers_of_the_record_see_it_and_others_find_nothing(cast: Cast) -> None:
    row = followed(cast)
    seen = {name for name, user in cast.everyone().items() if visible(Access.of(user)).exists()}
    assert seen == {"administrator", "manager", "owner", "teammate"}
    assert page(cast.owner, row) == page(cast.manager, row) == page(cast.teammate, row) == 200
    assert page(cast.stranger, row) == 404


def test_its_owner_sees_it_without_seeing_the_record(cast: Cast) -> None:
    row = followed(cast, to={"user": "stranger"}, make={})
    client = Client()
    client.force_login(cast.stranger)
    text = client.get(reverse("voices:follow_up", args=[row.pk])).content.decode()
    assert "Slow" in text and "Popa" not in text


def test_its_owner_reads_nothing_of_the_record_in_questions_and_hidden_values(cast: Cast) -> None:
    asked = [
        question("name", "hidden", options={"field": "family_name"}),
        question("nps", "nps", required=True, labels={"en": "Would you, {person.family_name}?"}),
        question("why", "long_text", labels={"en": "Why {answer.nps}, {record.given_name}?"}),
    ]
    publish(rule(to={"user": "stranger"}, make={}), steps=[step("one", *asked)])
    answer(somebody(cast, given_name="Anastasia", family_name="Popescu"))
    client = Client()
    client.force_login(cast.stranger)
    text = client.get(
        reverse("voices:follow_up", args=[FollowUp.objects.get().pk])
    ).content.decode()
    assert "Why 3, …?" in text and "Would you, …?" in text and "Slow" in text
    assert "Popescu" not in text and "Anastasia" not in text


def test_who_leads_a_team_sees_those_of_it_and_below(cast: Cast) -> None:
    row = followed(cast)
    lead = join(worker("lead"), "support")
    assert not visible(Access.of(lead)).exists()
    cast.north.memberships.create(user=lead, lead=True)
    assert visible(Access.of(lead)).get() == row


def test_whoever_only_looks_as_somebody_works_on_nothing(cast: Cast) -> None:
    row = followed(cast)
    access = Access.of(cast.owner)
    assert may_work(row, access) and not may_work(row, replace(access, read_only=True))


def test_the_two_forms_agree(cast: Cast) -> None:
    row = followed(cast)
    for user in cast.everyone().values():
        access = Access.of(user)
        assert may_work(row, access) <= visible(access).filter(pk=row.pk).exists()


def test_what_nobody_has_is_seen_by_administrators(cast: Cast) -> None:
    publish(rule(to={"role": "sales"}, make={}), settings={"anonymous": True})
    User.objects.filter(groups__role__key="sales").update(is_active=False)
    who = Respondent(open_link().token)
    who.open()
    who.send(nps="1")
    run_pending()
    assert FollowUp.objects.get().owner is None
    assert visible(Access.of(cast.administrator)).exists()
    assert not visible(Access.of(cast.manager)).exists()


def test_the_list_holds_the_same(cast: Cast) -> None:
    followed(cast)
    somebody(cast)
    for user, there in ((cast.owner, True), (cast.stranger, False)):
        client = Client()
        client.force_login(user)
        assert ("Ana Popa" in client.get(reverse("voices:list")).content.decode()) is there
