"""Rules are tried on past answers before they are published: counted, shown as far as one may see, and nothing made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm_config import payload
from records.models import Record
from surveys.models import FollowUp, Response, Survey
from tests import company as small
from tests.cast import Cast
from tests.crm_config.studio import client_of
from tests.surveys.following.following import answer, company, rule, somebody
from tests.surveys.studio.building import address
from tests.surveys.surveying import question

pytestmark = pytest.mark.django_db


def builder(cast: Cast, *rules: dict[str, Any], **more: Any) -> Client:
    raw = company(*rules, **more)
    payload.load(raw, replace=True)
    small.publish(company=raw)
    return client_of(cast.administrator)


def tried(client: Client) -> tuple[list[tuple[int, list[str]]], str]:
    page = client.get(address("follow_ups"), {"try": "1"})
    past = page.context["past"]
    found = [(one.number, [s.record.title for s in one.samples]) for one in past.rules]
    return found, page.content.decode()


def test_it_tells_how_many_fit_the_rule_as_it_is_being_written(cast: Cast) -> None:
    client = builder(cast)
    for name, nps in (("Sour", 2), ("Bitter", 5), ("Glad", 9)):
        answer(somebody(cast, given_name=name), nps=nps)
    made = (FollowUp.objects.count(), Record.unscoped.count())
    found, page = tried(client)
    assert found == [(2, ["Bitter Popa", "Sour Popa"])]
    assert "3 answers of the last 90 days were tried." in page and "(NPS 5)" in page
    row = Survey.objects.get()
    row.follow_ups[0]["when"] = {"field": "nps", "op": "gte", "value": 9}
    row.save()
    assert tried(client)[0] == [(1, ["Glad Popa"])]
    assert (FollowUp.objects.count(), Record.unscoped.count()) == made


def test_what_is_older_begun_or_a_test_does_not_count(cast: Cast) -> None:
    client = builder(cast)
    for _each in range(3):
        answer(somebody(cast))
    old, begun, test = Response.objects.order_by("pk")
    Response.objects.filter(pk=old.pk).update(completed_at=timezone.now() - timedelta(days=91))
    Response.objects.filter(pk=begun.pk).update(status="partial")
    Response.objects.filter(pk=test.pk).update(is_test=True)
    page = tried(client)[1]
    assert "Nobody answered in the last 90 days." in page


def test_of_an_anonymous_survey_nothing_is_told(cast: Cast) -> None:
    making = {"type": "task", "set": {"subject": "Somebody"}}
    client = builder(cast, rule(make=making, to={"role": "manager"}), settings={"anonymous": True})
    page = client.get(address("follow_ups"), {"try": "1"}).content.decode()
    assert "Of an anonymous survey nothing is told" in page


def test_what_one_may_not_read_does_not_count(cast: Cast) -> None:
    """An administrator whose role reaches no persons."""
    client = builder(cast)
    answer(somebody(cast, given_name="Zinnober"))
    raw = company()
    raw["roles"][0]["grants"] = [g for g in raw["roles"][0]["grants"] if g["type"] != "person"]
    small.publish(company=raw)
    page = client.get(address("follow_ups"), {"try": "1"}).content.decode()
    assert "Nobody answered" in page and "Zinnober" not in page


def test_rules_about_what_the_record_brings_along_are_not_tried(cast: Cast) -> None:
    """Else whoever writes rules could read fields of records that they may not see."""
    raw = company(rule(when={"field": "mail", "op": "contains", "value": "example"}))
    items = raw["surveys"][0]["steps"][0]["sections"][0]["items"]
    items.append(question("mail", "hidden", options={"field": "email"}))
    payload.load(raw, replace=True)
    small.publish(company=raw)
    answer(somebody(cast, email="ana@example.com"))
    found, page = tried(client_of(cast.administrator))
    assert found == [(0, [])] and "was not tried" in page


def test_the_number_of_queries_does_not_grow(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client, counts = builder(cast), []
    client.get(address("follow_ups"), {"try": "1"})
    for number in (1, 5):
        for _each in range(number):
            answer(somebody(cast))
        with django_assert_max_num_queries(60) as asked:
            client.get(address("follow_ups"), {"try": "1"})
        counts.append(len(asked))
    assert counts[0] == counts[1]
