"""Results on the screens of staff, and on a shared page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm_config.live import live
from surveys.models import ResultShare
from tests.cast import Cast, create
from tests.kept import kept
from tests.pdf import text_of
from tests.surveys import surveying
from tests.surveys.results import answering
from tests.surveys.results.answering import answer, item, page, survey

pytestmark = pytest.mark.django_db

HIDDEN = "Concealed Industries"
SAID = "Whispered by somebody else"


@kept
def world(cast: Cast) -> dict[str, int]:
    surveying.publish(
        survey(settings={"results": {"roles": ["manager"]}}),
        survey(key="secret", labels={"en": "Secret ballot"}, settings={"anonymous": True}),
    )
    access = Permission.objects.get(codename="access_admin")
    cast.outsider.user_permissions.add(access)
    mine = create("organisation", name="Shown Company", owner=cast.owner.pk, team=cast.north.pk)
    theirs = create("organisation", name=HIDDEN, owner=cast.stranger.pk, team=cast.south.pk)
    behind = (answering.NOW - timezone.now()) / timedelta(days=1)
    for n in range(8):
        said = {"likely": 10 if n % 2 else 4, "words": f"Delivery number {n}", "why": ["care"]}
        visit = {"days_ago": behind + n * 5, "version": live().version, "step": "second"}
        answer(mine, happy=5, seconds={"first": 7}, **visit, **said)
    answer(theirs, likely=0, words=SAID)
    return {"mine": mine, "theirs": theirs}


def client(user):
    found = Client()
    found.force_login(user)
    return found


def results(name="results", *args):
    return reverse(f"survey_results:{name}", args=["relation", *args])


def test_the_page_has_its_line_trend_questions_and_words(cast, world):
    text = client(cast.owner).get(results(), {"days": "365", "split": "owner"}).content.decode()
    assert "8 answers" in text
    for shown in ("Trend", "By Owner", "About likely?", "delivery", "Shown Company", "7 seconds"):
        assert shown in text
    assert HIDDEN not in text
    assert SAID not in text


def test_the_list_names_the_surveys_with_their_score(cast, world):
    text = client(cast.owner).get(reverse("survey_results:list")).content.decode()
    assert "Relationship" in text
    assert "NPS 0" in text
    assert "Secret ballot" not in text


def test_who_may_read_nothing_finds_no_survey(cast, world):
    outsider = client(cast.outsider)
    assert "Relationship" not in outsider.get(reverse("survey_results:list")).content.decode()
    for name in ("results", "verbatims", "export", "share"):
        assert outsider.get(results(name)).status_code == 404, name


def test_the_menu_shows_it_to_those_who_read_something(cast, world):
    url = reverse("survey_results:list")
    for user, there in ((cast.owner, True), (cast.outsider, False)):
        text = client(user).get(reverse("wagtailadmin_home")).content.decode()
        assert (url in text) is there, user


def test_an_address_with_nonsense_in_it_is_read_as_far_as_it_makes_sense(cast, world):
    asked = {
        "days": "x",
        "since": "2026-99-99",
        "by": "eon",
        "split": "margin",
        "segment": "no",
        "question": "?",
        "latest": "9",
    }
    assert client(cast.owner).get(results(), asked).status_code == 200


def test_what_was_said_is_searched(cast, world):
    found = client(cast.owner).get(results("verbatims"), {"q": "number 3", "tone": "good"})
    text = found.content.decode()
    assert "Delivery number 3" in text
    assert "Delivery number 4" not in text


def test_one_response_is_shown_to_who_sees_its_record(cast, world):
    one = client(cast.owner).get(results("verbatims")).context["rows"][0].response
    url = results("response", one)
    assert "Delivery number" in client(cast.owner).get(url).content.decode()
    assert client(cast.stranger).get(url).status_code == 404


def test_files_come_as_they_were_asked_for(cast, world):
    found = client(cast.owner).get(results("export"), {"format": "csv"})
    assert found["Content-Disposition"].endswith('.csv"')
    assert found.content.decode("utf-8-sig").count("Shown Company") == 16
    assert client(cast.teammate).get(results("export")).status_code in (302, 403)


def test_the_summary_is_for_whoever_reads_the_page(cast, world):
    """Support may read and not export: it gets the figures, and is not offered the words."""
    for user, offered in ((cast.owner, True), (cast.teammate, False)):
        page = client(user).get(results()).content.decode()
        url = f"{results('export')}?format=pdf"
        assert url in page
        assert (f"{url}&amp;words=1" in page) is offered, user
    made = client(cast.teammate).get(results("export"), {"format": "pdf", "words": "1"})
    assert made["Content-Type"] == "application/pdf"
    assert made["Content-Disposition"].endswith('.pdf"')
    text = text_of(made.content)
    assert "About likely? n = 8" in text
    assert "Delivery number" not in text
    assert client(cast.outsider).get(results("export"), {"format": "pdf"}).status_code == 404


def test_the_summary_is_about_what_the_page_shows(cast, world):
    asked = {"days": "30", "split": "owner"}
    page = client(cast.owner).get(results(), asked).content.decode()
    assert f"{results('export')}?days=30&amp;split=owner&amp;format=pdf" in page
    text = text_of(client(cast.owner).get(results("export"), {**asked, "format": "pdf"}).content)
    assert "Split by: Owner" in text
    assert HIDDEN not in text


def test_a_shared_link_has_the_summary_of_its_questions(cast, world):
    client(cast.manager).post(results("share"), {"name": "B", "questions": ["likely"], "days": "7"})
    row = ResultShare.objects.get()
    url = reverse("shared_summary", args=[row.token])
    assert url in Client().get(reverse("shared_results", args=[row.token])).content.decode()
    found = Client().get(url)
    assert found["Content-Type"] == "application/pdf"
    assert found["Cache-Control"] == "no-store"
    text = text_of(found.content)
    assert "About likely?" in text
    for hidden in ("About why?", "elivery", "Shown Company", HIDDEN, SAID):
        assert hidden not in text
    client(cast.manager).post(results("revoke", row.pk))
    assert Client().get(url).status_code == 404


def test_a_link_is_made_opened_by_anybody_and_taken_back(cast, world):
    manager, anybody = client(cast.manager), Client()
    given = {"name": "Board", "questions": ["likely"], "days": "7"}
    manager.post(results("share"), given)
    row = ResultShare.objects.get()
    url = reverse("shared_results", args=[row.token])
    assert url in manager.get(results()).content.decode()
    text = anybody.get(url).content.decode()
    assert "About likely?" in text
    assert "NPS" in text
    for hidden in ("About why?", "Delivery", "Shown Company", HIDDEN, SAID):
        assert hidden not in text
    client(cast.owner).post(results("revoke", row.pk))
    assert anybody.get(url).status_code == 200
    manager.post(results("revoke", row.pk))
    assert anybody.get(url).status_code == 404


def test_a_link_ends_with_its_day_and_with_the_rights_of_whoever_made_it(cast, world):
    client(cast.manager).post(results("share"), {"name": "B", "questions": ["likely"], "days": "7"})
    row = ResultShare.objects.get()
    url = reverse("shared_results", args=[row.token])
    cast.manager.groups.clear()
    assert Client().get(url).status_code == 404
    ResultShare.objects.update(created_by=cast.administrator)
    assert Client().get(url).status_code == 200
    ResultShare.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert Client().get(url).status_code == 404


def test_a_shared_page_loads_nothing_of_another_host_and_sets_no_cookie(cast, world):
    client(cast.manager).post(results("share"), {"name": "B", "questions": ["likely"], "days": "7"})
    found = Client().get(reverse("shared_results", args=[ResultShare.objects.get().token]))
    assert not found.cookies
    assert "default-src 'none'" in found["Content-Security-Policy"]
    assert "http://" not in found.content.decode().replace("http://testserver", "")


def test_sharing_nothing_is_refused_with_its_reason(cast, world):
    found = client(cast.manager).post(results("share"), {"name": "B", "days": "900"})
    assert found.status_code == 422
    assert not ResultShare.objects.exists()


def test_who_may_not_share_is_not_offered_it(cast, world):
    owner = client(cast.owner)
    assert results("share") not in owner.get(results()).content.decode()
    assert owner.post(
        results("share"), {"name": "B", "questions": ["likely"], "days": "7"}
    ).status_code in (302, 403)
    assert not ResultShare.objects.exists()


def test_a_records_page_has_what_was_answered_about_it(cast, world):
    url = reverse("records:record", args=[world["mine"]])
    text = client(cast.owner).get(url).content.decode()
    assert "Last NPS" in text
    assert results("response", 1).rpartition("/1/")[0] in text


def test_an_anonymous_survey_has_no_single_response_and_no_split(cast, world):
    for n in range(6):
        answer(None, survey="secret", likely=n, words="One voice of many")
    admin = client(cast.administrator)
    text = admin.get(reverse("survey_results:results", args=["secret"])).content.decode()
    assert "One voice of many" in text
    assert "/responses/" not in text
    assert "sr-split" not in text


def test_answers_to_a_question_that_is_not_asked_any_more_keep_its_name(cast, world):
    surveying.publish(survey(steps=[page("first", item("happy", "csat"))]))
    text = client(cast.owner).get(results()).content.decode()
    assert "no longer asked" in text
    assert "About likely?" in text


def test_a_survey_that_nobody_answered_says_so(cast, world):
    surveying.publish(survey(key="young", labels={"en": "Young"}))
    url = reverse("survey_results:results", args=["young"])
    assert "Nobody has answered yet" in client(cast.owner).get(url).content.decode()
