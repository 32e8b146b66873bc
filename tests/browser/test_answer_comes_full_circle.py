"""A request is closed, its customer is asked by mail, says on a phone that it is not solved, and somebody calls: the
whole circle, with the packs as they come and a real mail server."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from crm_config import packs, publication
from crm_config.models import Team, User
from jobs.services import run_pending
from records.models import Record
from surveys.models import FollowUp, Invitation, Response
from tests.browser.conftest import Open
from tests.browser.screens import new, record
from tests.browser.test_every_screen import PHONE
from tests.cast import create, join, person
from tests.surveys.sending.world import Mailbox, mail_server

WHY = "The frame is still bent."
TASK = "Look again at “Bent frame”: Ana Popa gave 2 of 5"
OUTCOME = "Called: a new frame goes out today."


@pytest.fixture
def support(transactional_db) -> User:
    for key in ("core", "service"):
        packs.install(packs.read(key))
    publication.publish(user=None, reason="test")
    return join(person("support"), "support", Team.objects.create(name="Service"))


@pytest.fixture
def colleague(support: User) -> User:
    return join(person("colleague"), "support", Team.objects.get())


@pytest.fixture
def boss(support: User) -> User:
    return join(person("boss"), "manager", Team.objects.get(), lead=True)


@pytest.fixture
def customer(support: User) -> int:
    return create("person", given_name="Ana", family_name="Popa", email="ana@example.com")


@pytest.fixture
def request_of(support: User, customer: int) -> int:
    team = Team.objects.get().pk
    said = {"subject": "Bent frame", "requester": [customer], "owner": support.pk, "team": team}
    return create("request", **said)


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    with mail_server(settings) as box:
        yield box


def test_the_whole_circle(
    open_as: Open,
    support: User,
    colleague: User,
    boss: User,
    customer: int,
    request_of: int,
    mailbox: Mailbox,
) -> None:
    desk = open_as(support)
    solve(desk, request_of)
    phone = open_as(None, asked_by_mail(mailbox), **PHONE)
    say_that_it_is_not(phone)
    told_by_mail(mailbox)
    stands_in_the_day_of_one_alone(desk, open_as(colleague))
    call_them(desk, customer)
    be_done(desk)
    is_heard(open_as(boss))


def solve(page: Page, pk: int) -> None:
    page.goto(record(pk))
    stages = page.get_by_role("navigation", name=re.compile("^Stages of"))
    stages.get_by_role("link", name="Solved").click()
    page.get_by_role("dialog").get_by_label("Solution").fill("Bent back by hand.")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("is in “Solved” now")).to_be_visible()


def asked_by_mail(box: Mailbox) -> str:
    """The address behind the second of the five answers in the mail."""
    run_pending()
    assert box.to == ["ana@example.com"]
    [mail] = box.mails
    assert mail["Subject"] == "Is your request solved?"
    part = mail.get_body(("html",))
    assert part is not None and "Bent frame" in part.get_content()
    links = re.findall(r'href="([^"]+/s/[^"]+)"', part.get_content())
    parts = urlsplit(next(link for link in links if link.endswith("csat%3A2")))
    return f"{parts.path}?{parts.query}"


def say_that_it_is_not(page: Page) -> None:
    """What was chosen in the mail stands there, and counts once it is sent."""
    expect(page.locator("[name='i-csat'][value='2']")).to_be_checked()
    assert not Response.objects.exists()
    page.get_by_text("No", exact=True).click()
    page.get_by_label("What could have gone better?").fill(WHY)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(re.compile("Thank you|sorry", re.IGNORECASE)).first).to_be_visible()
    assert page.context.cookies() == []
    assert Response.objects.get().status == "completed"
    assert Invitation.objects.get().status == "completed"


def told_by_mail(box: Mailbox) -> None:
    """Of the survey and the rule, and of no value."""
    run_pending()
    assert box.to == ["ana@example.com", "support@example.com"]
    part = box.mails[1].get_body(("plain",))
    assert part is not None and "Not solved for the customer" in part.get_content()
    assert WHY not in part.get_content() and "Popa" not in part.get_content()


def stands_in_the_day_of_one_alone(page: Page, other: Page) -> None:
    page.goto(reverse("todo:index"))
    expect(page.get_by_role("link", name=TASK, exact=True)).to_have_count(1)
    expect(page.get_by_role("link", name="Follow-up: CSAT 2")).to_have_count(1)
    expect(page.get_by_text("Not solved for the customer")).to_have_count(0)
    other.goto(reverse("todo:index"))
    expect(other.get_by_role("heading", name="Nothing to do")).to_be_visible()
    expect(other.get_by_role("link", name=TASK)).to_have_count(0)


def call_them(page: Page, customer: int) -> None:
    """The call is logged with its outcome."""
    page.goto(f"{new('call')}?about={customer}")
    page.get_by_label("Subject").fill("About the frame")
    page.get_by_label("Outcome").select_option("reached")
    page.get_by_label("Done").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="About the frame").first).to_be_visible()
    [call] = Record.unscoped.filter(type="call")
    assert call.data["outcome"] == "reached"


def be_done(page: Page) -> None:
    """With the task, and with what came of the follow-up, in one box."""
    page.goto(reverse("todo:index"))
    page.get_by_role("link", name=re.compile("^Done: Look again")).click()
    box = page.get_by_role("dialog")
    box.get_by_label("What came of it").fill(OUTCOME)
    box.get_by_role("button", name="Done").click()
    expect(page.get_by_text("The follow-up is closed with it.")).to_be_visible()
    expect(page.get_by_role("link", name=TASK)).to_have_count(0)
    row = FollowUp.objects.get()
    assert (row.status, row.outcome) == ("closed", OUTCOME)
    assert row.made is not None and row.made.data["done"] is True


def is_heard(page: Page) -> None:
    """By whoever leads: nothing waits, and what was closed tells what was said and done."""
    page.goto(reverse("voices:list"))
    expect(page.get_by_text("Nobody waits for an answer.")).to_be_visible()
    page.get_by_role("link", name="Closed", exact=True).click()
    page.get_by_role("link", name=re.compile("^Not solved for the customer: .* Bent frame")).click()
    for words in (WHY, OUTCOME, "closed the follow-up"):
        expect(page.get_by_text(words).first).to_be_visible()
