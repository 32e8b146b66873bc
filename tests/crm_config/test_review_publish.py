"""Review and publish: seen in words, discarded, refused with reasons, published by one person or by two."""

from typing import Any

from crm_config import payload, publication
from crm_config.live import newest
from crm_config.models import Company, ConfigSnapshot, Field, PublishRequest, RecordType
from tests.cast import Cast, join, person
from tests.crm_config.studio import client_of, messages_of, raw_field, raw_type, sentences, url


def rename(label: str = "Worth") -> None:
    Field.objects.filter(record_type__key="deal", key="amount").update(labels={"en": label})


def decide(user: Any, decision: str, **more: Any) -> Any:
    return client_of(user).post(url("review"), {"decision": decision, **more})


def two_persons() -> None:
    Company.objects.update(two_person=True)
    publication.publish(user=None)


def test_without_changes_there_is_nothing_to_publish(cast: Cast) -> None:
    page = client_of(cast.administrator).get(url("review"))
    assert b"Nothing to publish" in page.content
    answer = decide(cast.administrator, "publish")
    assert "There is nothing to publish" in messages_of(answer)[0]
    assert ConfigSnapshot.objects.count() == 1


def test_changes_are_told_and_published_with_a_reason(cast: Cast) -> None:
    rename()
    browser = client_of(cast.administrator)
    page = browser.get(url("review")).content.decode()
    assert "1 change waits to be published" in page
    assert "The field <strong>Amount</strong> is called <strong>Worth</strong>." in page
    answer = decide(cast.administrator, "publish", reason="Clearer")
    assert "Version 2 is published" in messages_of(answer)[0]
    row = ConfigSnapshot.objects.get(version=2)
    assert (row.reason, row.author) == ("Clearer", cast.administrator)
    assert newest().types["deal"].fields["amount"].labels == {"en": "Worth"}


def test_one_change_is_discarded_and_the_other_stays(cast: Cast) -> None:
    rename()
    Field.objects.filter(record_type__key="deal", key="won").update(required=True)
    browser = client_of(cast.administrator)
    page = browser.get(url("review")).content.decode()
    address = page.split("becomes required")[1].split('href="')[1].split('"')[0]
    asked = browser.get(address).content.decode()
    assert "Discard this change?" in asked
    assert raw_field("deal", "won")["required"] is True
    browser.post(address)
    assert "required" not in raw_field("deal", "won")
    assert sentences() == ["Deal: The field “Amount” is called “Worth”."]


def test_a_change_that_changed_since_is_not_discarded(cast: Cast) -> None:
    rename()
    browser = client_of(cast.administrator)
    page = browser.get(url("review")).content.decode()
    address = page.split('class="studio-change__discard" href="')[1].split('"')[0]
    rename("Value")
    answer = browser.post(address)
    assert "not there any more" in messages_of(answer)[0]
    assert raw_field("deal", "amount")["labels"] == {"en": "Value"}


def test_an_added_type_is_discarded_whole(cast: Cast) -> None:
    payload.load(
        {"format": 1, "record_types": [{"key": "extra", "labels": {"en": "Extra"}}]}, replace=False
    )
    browser = client_of(cast.administrator)
    page = browser.get(url("review")).content.decode()
    browser.post(page.split('class="studio-change__discard" href="')[1].split('"')[0])
    assert not RecordType.objects.filter(key="extra").exists()


def test_all_changes_are_discarded_after_asking(cast: Cast) -> None:
    rename()
    browser = client_of(cast.administrator)
    assert b"1 change is taken back" in browser.get(url("discard_all")).content
    browser.post(url("discard_all"))
    assert sentences() == []


def test_problems_stand_with_the_way_to_mend_them(cast: Cast) -> None:
    RecordType.objects.filter(key="deal").update(columns=["nothing"])
    browser = client_of(cast.administrator)
    page = browser.get(url("review")).content.decode()
    assert "must be put right first" in page
    assert f'href="{url("type", "deal")}#tab-columns"' in page
    assert "Deal › Columns" in page
    answer = decide(cast.administrator, "publish")
    assert "in the way" in messages_of(answer)[0]
    assert ConfigSnapshot.objects.count() == 1


def test_a_second_person_approves(cast: Cast) -> None:
    two_persons()
    rename()
    page = client_of(cast.administrator).get(url("review")).content.decode()
    assert 'value="publish"' not in page
    answer = decide(cast.administrator, "publish")
    assert "A second person must approve" in messages_of(answer)[0]
    decide(cast.administrator, "ask", reason="Clearer")
    request = PublishRequest.objects.get(state="waiting")
    mine = client_of(cast.administrator).get(url("review")).content.decode()
    assert 'value="approve"' not in mine
    second = join(person("second"), "administrator")
    home = client_of(second).get(url("home")).content.decode()
    assert "Administrator asks for approval to publish." in home
    answer = decide(second, "approve", request=request.pk)
    assert "Approved: version 3" in messages_of(answer)[0]
    row = ConfigSnapshot.objects.get(version=3)
    assert (row.author, row.approved_by) == (cast.administrator, second)


def test_nobody_approves_their_own(cast: Cast) -> None:
    two_persons()
    rename()
    decide(cast.administrator, "ask")
    request = PublishRequest.objects.get(state="waiting")
    answer = decide(cast.administrator, "approve", request=request.pk)
    assert "Somebody other than the person who asked" in messages_of(answer)[0]
    assert newest().version == 2


def test_what_changed_after_asking_needs_asking_again(cast: Cast) -> None:
    two_persons()
    rename()
    decide(cast.administrator, "ask")
    request = PublishRequest.objects.get(state="waiting")
    rename("Value")
    second = join(person("second"), "administrator")
    answer = decide(second, "approve", request=request.pk)
    assert "changed after this was asked" in messages_of(answer)[0]
    assert newest().version == 2


def test_a_refusal_leaves_the_working_copy_and_a_comment(cast: Cast) -> None:
    two_persons()
    rename()
    decide(cast.administrator, "ask")
    request = PublishRequest.objects.get(state="waiting")
    second = join(person("second"), "administrator")
    decide(second, "refuse", request=request.pk, comment="Too long a name")
    request.refresh_from_db()
    assert (request.state, request.comment) == ("refused", "Too long a name")
    assert sentences() == ["Deal: The field “Amount” is called “Worth”."]
    page = client_of(cast.administrator).get(url("review")).content.decode()
    assert "Too long a name" in page
    late = decide(second, "approve", request=request.pk)
    assert "decided already" in messages_of(late)[0]


def test_the_bar_counts_on_every_screen(cast: Cast) -> None:
    rename()
    browser = client_of(cast.administrator)
    for name in ("home", "roles", "teams", "company", "rates", "packs", "versions", "type_add"):
        assert b"1 unpublished change" in browser.get(url(name)).content, name
    for args in (("type", "deal"), ("kinds", "deal"), ("field", "deal", "won"), ("role", "sales")):
        assert b"1 unpublished change" in browser.get(url(*args)).content, args


def test_a_version_that_was_published_stays_what_it_was(cast: Cast) -> None:
    before = raw_type("deal", ConfigSnapshot.objects.get(version=1).payload)
    rename()
    decide(cast.administrator, "publish")
    assert raw_type("deal", ConfigSnapshot.objects.get(version=1).payload) == before
