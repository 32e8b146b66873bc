"""To whom follow-ups fall."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm_config.models import User
from records.models import Delegation
from surveys.models import FollowUp
from tests.cast import Cast, join
from tests.cast import person as worker
from tests.surveys.following.following import answer, publish, rule, somebody

pytestmark = pytest.mark.django_db


def owner(cast: Cast, to: dict[str, Any], **person: Any) -> User | None:
    publish(rule(to=to, make={}))
    answer(somebody(cast, **person))
    return FollowUp.objects.get().owner


def test_of_a_team_it_is_whoever_leads_it_or_the_one_above(cast: Cast) -> None:
    assert owner(cast, {"of": "team"}) == cast.manager


def test_a_record_of_nobody_falls_to_the_lead(cast: Cast) -> None:
    assert owner(cast, {"of": "owner"}, owner=None) == cast.manager


def test_a_person_by_name(cast: Cast) -> None:
    assert owner(cast, {"user": "stranger"}) == cast.stranger


def test_of_a_role_whoever_has_the_fewest(cast: Cast) -> None:
    second = join(worker("second"), "manager")
    publish(rule(to={"role": "manager"}, make={}))
    for _each in range(4):
        answer(somebody(cast))
    held = [row.owner for row in FollowUp.objects.all()]
    assert held.count(cast.manager) == held.count(second) == 2


def test_the_absent_are_passed_over_for_those_who_stand_in(cast: Cast) -> None:
    now = timezone.now()
    Delegation.objects.create(
        of=cast.owner,
        to=cast.teammate,
        since=now - timedelta(days=1),
        until=now + timedelta(days=1),
        at=now,
    )
    assert owner(cast, {"of": "owner"}) == cast.teammate
