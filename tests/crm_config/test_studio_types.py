"""Record types in the studio: added, changed, archived, restored, deleted; nothing typed is lost."""

import pytest

from crm_config import insights, publication
from crm_config.insights import Insights
from crm_config.models import RecordType, User
from tests.cast import Cast
from tests.crm_config.studio import client_of, messages_of, raw_type, url

NEW = {
    "labels_en": "Machine",
    "labels_el": "Μηχανή",
    "plural_en": "Machines",
    "key": "",
    "icon": "wrench",
    "colour": "blue",
    "menu_group": "Service",
    "menu_order": "50",
}


def test_home_shows_the_types_and_marks_what_is_unpublished(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    before = browser.get(url("home"))
    assert b"Organisations" in before.content
    assert b"unpublished change" not in before.content
    browser.post(url("type_add"), NEW)
    after = browser.get(url("home"))
    assert b"Machines" in after.content
    assert b"1 unpublished change" in after.content


def test_home_of_an_empty_system_offers_the_first_steps(db: None) -> None:
    superuser = User.objects.create_superuser("root", "root@example.com", "root")
    page = client_of(superuser).get(url("home"))
    assert b"Describe your company" in page.content


def test_a_type_without_traits_gets_a_name_to_be_titled_by(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    answer = browser.post(url("type_add"), NEW)
    assert answer.url == url("type", "machine")
    raw = raw_type("machine")
    assert raw["labels"] == {"en": "Machine", "el": "Μηχανή"}
    assert raw["title_template"] == "{name}"
    assert [f["key"] for f in raw["fields"]] == ["name"]
    assert raw["fields"][0]["labels"]["en"] == "Name"
    assert publication.check(payload_with(raw)) == []


def payload_with(raw: dict) -> dict:
    return {"format": 1, "record_types": [raw]}


def test_a_trait_brings_its_fields(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(url("type_add"), {**NEW, "traits": ["deal"]})
    keys = {f["key"] for f in raw_type("machine")["fields"]}
    assert {"amount", "probability"} <= keys
    assert not publication.check(publication.payload.dump())


def test_links_that_a_trait_brings_ask_for_their_targets(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    answer = browser.post(url("type_add"), {**NEW, "traits": ["activity"]})
    assert "Say before publishing what these may point at: “About”, “Participants”." in messages_of(
        answer
    )


def test_a_trait_taken_later_keeps_what_the_fields_were_called(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    posted = {
        "part": "settings",
        "labels_en": "Deal",
        "plural_en": "Deals",
        "title_template": "{name}",
        "icon": "doc-empty",
        "menu_order": "100",
        "traits": ["deal"],
    }
    RecordType.objects.get(key="deal").fields.filter(key="amount").update(labels={"en": "Worth"})
    browser.post(url("type", "deal"), posted)
    fields = {f["key"]: f for f in raw_type("deal")["fields"]}
    assert fields["amount"]["labels"] == {"en": "Worth"}
    assert "probability" in fields
    assert "won" in fields


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"labels_en": "", "labels_el": ""}, "Give it a name."),
        ({"key": "Not A Key"}, "Use small letters"),
        ({"key": "deal"}, "Another record type has this key."),
        ({"menu_order": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_refused_type_keeps_what_was_typed(cast: Cast, wrong: dict, message: str) -> None:
    browser = client_of(cast.administrator)
    page = browser.post(url("type_add"), {**NEW, **wrong})
    text = page.content.decode()
    assert message in text
    assert 'value="Machines"' in text
    assert not RecordType.objects.filter(plural__en="Machines").exists()


def test_a_title_can_only_name_fields_in_use(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    posted = {"part": "settings", "labels_en": "Deal", "icon": "doc-empty", "menu_order": "1"}
    for template, message in (
        ("{nothing}", "There is no field “nothing” in use."),
        ("{name", "The braces do not match."),
        ("Deal", "Name at least one field"),
    ):
        page = browser.post(url("type", "deal"), {**posted, "title_template": template})
        assert message in page.content.decode()
    assert raw_type("deal")["title_template"] == "{name}"


def test_texts_in_languages_not_asked_for_are_kept(cast: Cast) -> None:
    RecordType.objects.filter(key="deal").update(labels={"en": "Deal", "pl": "Szansa"})
    posted = {
        "part": "settings",
        "labels_en": "Opportunity",
        "title_template": "{name}",
        "icon": "doc-empty",
        "menu_order": "100",
    }
    client_of(cast.administrator).post(url("type", "deal"), posted)
    assert raw_type("deal")["labels"] == {"en": "Opportunity", "pl": "Szansa"}


def test_columns_are_kept_in_the_order_posted_and_sorting_with_them(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(
        url("type", "deal"),
        {
            "part": "columns",
            "columns": ["amount", "title"],
            "sort_0": "close_date",
            "direction_0": "-",
            "sort_1": "title",
            "direction_1": "",
        },
    )
    raw = raw_type("deal")
    assert raw["columns"] == ["amount", "title"]
    assert raw["sort"] == ["-close_date", "title"]


def test_a_column_that_is_not_there_is_refused(cast: Cast) -> None:
    page = client_of(cast.administrator).post(
        url("type", "deal"), {"part": "columns", "columns": ["nothing"]}
    )
    assert page.status_code == 200
    assert raw_type("deal")["columns"][0] == "title"


def test_preview_shows_the_form_in_the_chosen_language(cast: Cast) -> None:
    RecordType.objects.get(key="deal").fields.filter(key="amount").update(
        labels={"en": "Amount", "el": "Ποσό"}
    )
    browser = client_of(cast.administrator)
    assert "Ποσό" in browser.get(url("type", "deal", language="el")).content.decode()
    english = browser.get(url("type", "deal")).content.decode()
    assert 'name="preview-amount' in english
    assert "Ποσό" not in english.split('id="tab-preview"')[1].split('id="tab-access"')[0]


def test_a_type_that_others_link_to_cannot_be_archived(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    page = browser.get(url("type_archive", "organisation"))
    assert "Person › Company" in page.content.decode()
    browser.post(url("type_archive", "organisation"))
    assert not RecordType.objects.get(key="organisation").retired


def test_archive_and_restore(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(url("type_archive", "person"))
    assert RecordType.objects.get(key="person").retired
    assert publication.check(publication.payload.dump()) == []
    assert b"1 archived record type" in browser.get(url("home")).content
    browser.post(url("type_restore", "person"))
    assert not RecordType.objects.get(key="person").retired


def test_deleting_a_type_takes_its_key_typed_and_its_rights_along(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    assert (
        b"Type person exactly"
        in browser.post(url("type_delete", "person"), {"confirmation": "x"}).content
    )
    answer = browser.post(url("type_delete", "person"), {"confirmation": "person"})
    assert answer.url == url("home")
    assert not RecordType.objects.filter(key="person").exists()
    assert publication.check(publication.payload.dump()) == []


class _Records(Insights):
    def record_count(self, record_type: str) -> int | None:
        return 12


def test_a_type_with_records_cannot_be_deleted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insights, "_registered", [_Records()])
    browser = client_of(cast.administrator)
    page = browser.get(url("type_delete", "person")).content.decode()
    assert "It has 12 records." in page
    browser.post(url("type_delete", "person"), {"confirmation": "person"})
    assert RecordType.objects.filter(key="person").exists()


def test_used_by_names_the_places(cast: Cast) -> None:
    page = client_of(cast.administrator).get(url("type", "organisation")).content.decode()
    used = page.split('id="tab-used-by"')[1]
    assert "Person › Company" in used
    assert "Sales" in used


def test_proposed_keys_follow_the_name(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    ask = {"name": "Câmp nou", "for": "field:deal"}
    assert browser.get(url("propose_key"), ask).json() == {"key": "camp_nou"}
    assert browser.get(url("propose_key"), {**ask, "name": "Amount"}).json() == {"key": "amount_2"}
    assert browser.get(url("propose_key"), {"name": "Deal", "for": "type"}).json() == {
        "key": "deal_2"
    }
    assert browser.get(url("propose_key"), {"name": " ", "for": "type"}).json() == {"key": ""}


def test_saving_says_so(cast: Cast) -> None:
    answer = client_of(cast.administrator).post(url("type_add"), NEW)
    assert messages_of(answer) == ["Machine was added. Give it the fields it needs, then publish."]
