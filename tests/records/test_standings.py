"""Who somebody is, and for whom they stand in, is read by a statement that is put together once for all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from records.access.people import _asked, _rows
from records.models import Delegation, RecordShare
from tests.cast import create

pytestmark = pytest.mark.django_db


@pytest.fixture
def stands_in(cast):
    """The stranger for the owner, until tomorrow; and something was shared with each of the two."""
    now = timezone.now()
    Delegation.objects.create(
        of=cast.owner, to=cast.stranger, since=now - timedelta(days=1),
        until=now + timedelta(days=1), at=now,
    )  # fmt: skip
    for key, given, until in (
        ("deal", {"user": cast.stranger}, now + timedelta(hours=1)),
        ("organisation", {"team": cast.north}, None),
    ):
        RecordShare.objects.create(
            record_id=create(key, name="X"), level="read", until=until, given_at=now, **given
        )
    return cast


@pytest.mark.parametrize("hours", [-48, 0, 2, 48])
def test_it_says_what_the_query_says(stands_in, hours):
    at = timezone.now() + timedelta(hours=hours)
    for user in stands_in.everyone().values():
        assert sorted(_rows(user.pk, at)) == sorted(_asked(user.pk, at)), user


def test_each_asking_has_its_own_person_and_moment(stands_in):
    now = timezone.now()
    alone, later = len(_rows(stands_in.stranger.pk, now + timedelta(days=3))), now
    assert len(_rows(stands_in.stranger.pk, later)) > alone
    assert {who for _kind, who, *_ in _rows(stands_in.outsider.pk, now)} == set()
