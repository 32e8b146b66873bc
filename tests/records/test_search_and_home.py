"""The search over everything, and the first page."""

import pytest
from django.urls import reverse

from crm_config.models import RecordType, User
from jobs.models import Job
from jobs.services import draft
from records.access import Access
from records.selectors.recent import forget_old, recent, remember
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url

pytestmark = pytest.mark.django_db


@kept
def some(cast: Cast) -> Cast:
    create("organisation", name="Aegean Optics", owner=cast.owner.pk)
    create("person", family_name="Aegean", owner=cast.owner.pk)
    create("deal", name="Aegean deal", owner=cast.stranger.pk)
    return cast


def test_hits_come_by_type_and_only_what_may_be_seen(some: Cast) -> None:
    shown = browser(some.owner).get(url("search", q="aegean"))
    assert [hits.type.key for hits, _more in shown.context["hits"]] == ["organisation", "person"]
    part = text_of(browser(some.owner).get(url("search", q="aegean"), **PART))
    assert "Aegean Optics" in part and "Aegean deal" not in part and "<html" not in part


def test_nothing_found_says_what_to_do(some: Cast) -> None:
    assert "shorter" in text_of(browser(some.owner).get(url("search", q="zzzz")))


def test_before_anything_is_typed_it_offers_what_one_was_at(some: Cast) -> None:
    pk = create("deal", name="Seen", owner=some.owner.pk)
    client = browser(some.owner)
    client.get(url("record", pk))
    shown = client.get(url("search"), **PART)
    assert [r.id for r in shown.context["recent"]] == [pk]
    assert {t.key for t in shown.context["creatable"]} == {"organisation", "person", "deal"}
    assert browser(some.teammate).get(url("search"), **PART).context["creatable"] == []


def test_home_is_about_records(some: Cast) -> None:
    pk = create("deal", name="Newest of mine", owner=some.owner.pk)
    client = browser(some.owner)
    client.post(url("star", pk), {"on": "1"})
    page = text_of(client.get(reverse("wagtailadmin_home")))
    assert "Newest of mine" in page and url("new", "deal") in page and url("search") in page
    assert "unpublished" not in page and "Your most recent edits" not in page


def test_news_of_the_frame_are_for_administrators(some: Cast) -> None:
    def told(user: User) -> bool:
        return "whats-new" in text_of(browser(user).get(reverse("wagtailadmin_home")))

    assert told(some.administrator) and not told(some.owner)


def test_what_was_looked_at_long_ago_is_forgotten(some: Cast) -> None:
    for number in range(53):
        remember(
            create("organisation", some.owner, name=f"N{number}"), access=Access.of(some.owner)
        )
    newest = recent(access=Access.of(some.owner))
    assert forget_old() == 3
    assert recent(access=Access.of(some.owner)) and forget_old() == 0
    assert [r.id for r in recent(access=Access.of(some.owner))] == [r.id for r in newest]


def test_administrators_see_what_waits_and_what_failed(some: Cast) -> None:
    some.administrator.is_superuser = True
    some.administrator.save()
    RecordType.objects.filter(key="deal").update(icon="star")
    job = draft(kind="records.sweep", args={})
    job.state = Job.State.FAILED
    job.save()
    page = text_of(browser(some.administrator).get(reverse("wagtailadmin_home")))
    assert "1 unpublished change" in page and "1 job failed" in page
