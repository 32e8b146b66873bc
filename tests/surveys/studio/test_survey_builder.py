"""Administrators build surveys on screens: questions, jumps, end pages, quotas, and all of it undone."""

import json

import pytest
from django.urls import reverse

from crm_config import publication
from forms_builder.items.registry import of_channel
from surveys.models import OpenLink, Response, Survey
from tests.crm_config.studio import client_of, messages_of, sentences
from tests.surveys.studio.building import address, known, row, two_pages
from tests.surveys.surveying import published

pytestmark = pytest.mark.django_db


def test_the_list_tells_what_is_open_and_what_is_not_published(browser):
    Survey.objects.create(
        key="draft", record_type="person", labels={"en": "A draft"}, steps=[], ends=[]
    )
    page = browser.get(reverse("survey_studio:all")).content.decode()
    assert "Pulse" in page and "open</span>" in page
    assert "A draft" in page and "new, unpublished" in page


def test_a_short_one_is_added_and_can_be_published(browser):
    sent = {"labels_en": "After the visit", "type": "organisation"}
    answer = browser.post(reverse("survey_studio:add"), sent)
    assert answer["Location"] == address("form", survey="after_the_visit")
    assert 'id="item-score"' in browser.get(answer["Location"]).content.decode()
    assert sentences() == ["After the visit: The survey is added."]
    publication.publish(user=None)
    assert published("after_the_visit").questions["score"].kind == "nps"


@pytest.mark.parametrize("kind", of_channel("survey"))
def test_each_kind_can_be_put_below_a_question_and_looked_at(browser, kind):
    browser.post(address("add_item"), {"add": kind, "below": "nps"})
    added = [i["key"] for i in row().steps[0]["sections"][0]["items"]]
    assert added[0] == "nps" and len(added) == 2
    assert known(added[1])["kind"] == kind
    page = browser.get(address("item", added[1])).content.decode()
    assert page.index('id="item-nps"') < page.index(f'id="item-{added[1]}"')


def test_the_builder_leads_to_its_own_screens_and_not_to_those_of_forms(browser):
    page = browser.get(address("item", "why")).content.decode()
    assert address("logic", "why") in page
    assert "/studio/forms/of/" not in page


def test_options_are_written_in_rows_and_keep_their_keys(browser):
    sent = {
        "labels_en": "Why?",
        "width": "full",
        "when_hidden": "clear",
        "option_options-rows": "3",
        "option_options-0-key": "price",
        "option_options-0-label_en": "The price",
        "option_options-0-points": "1,5",
        "option_options-0-place": "2",
        "option_options-1-key": "service",
        "option_options-1-label_en": "",
        "option_options-2-label_en": "The weather",
        "option_options-2-place": "1",
        "option_options-2-retired": "on",
        "option_shuffled": "on",
    }
    answer = browser.post(address("item", "why"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert known("why")["options"] == {
        "options": [
            {"key": "the_weather", "labels": {"en": "The weather"}, "retired": True},
            {"key": "price", "labels": {"en": "The price"}, "points": 1.5},
        ],
        "shuffled": True,
    }


def test_only_what_lies_ahead_is_offered_for_a_jump(browser):
    page = browser.get(f"{address('add_part', 'jumps')}?after=reasons")
    groups = dict(page.context["form"].fields["to"].choices)
    assert [key for key, _name in groups["Pages further on"]] == ["rest"]
    sent = {"to": "score", "when": ""}
    answer = browser.post(f"{address('add_part', 'jumps')}?after=reasons", sent)
    assert answer.context["form"].errors["to"]
    browser.post(f"{address('add_part', 'jumps')}?after=reasons", {"to": "thanks", "when": ""})
    assert row().jumps[1] == {"after": "reasons", "to": "thanks"}


def test_end_pages_and_quotas_are_added_moved_and_undone(browser):
    before = row().ends
    sent = {"labels_en": "Enough", "kind": "screened", "when": ""}
    browser.post(address("add_part", "ends"), sent)
    assert [end["key"] for end in row().ends] == ["call", "enough", "thanks"]
    browser.post(address("add_part", "quotas"), {"labels_en": "All", "most": "500", "when": ""})
    assert row().quotas == [{"key": "all", "labels": {"en": "All"}, "most": 500}]
    browser.post(address("move_part", "ends", 1), {"to": "up"})
    assert [end["key"] for end in row().ends] == ["enough", "call", "thanks"]
    for _n in range(3):
        browser.post(address("undo", "undo"))
    assert row().ends == before and row().quotas == []
    browser.post(address("undo", "redo"))
    assert len(row().ends) == 3


def test_problems_stand_on_top_with_links_to_where_they_are(browser):
    browser.post(address("remove_step", "rest"))
    page = browser.get(address("form")).content.decode()
    faults = page[page.index('id="faults"') : page.index('class="form-builder"')]
    assert address("part", "jumps", 0) in faults
    browser.post(address("undo", "undo"))
    assert 'id="faults"' not in browser.get(address("form")).content.decode()


def test_conditions_are_about_the_answers(browser):
    page = browser.get(address("step", "reasons")).content.decode()
    assert "survey" in page and "surveys-pulse" in page
    browser.post(
        address("step", "reasons"),
        {"labels_en": "Reasons", "shown_when": '{"field":"nps","op":"lte","value":6}'},
    )
    assert row().steps[1]["shown_when"] == {"field": "nps", "op": "lte", "value": 6}


def test_the_flow_is_drawn_with_a_table_and_marks_what_nobody_reaches(browser):
    jump = {"after": "score", "to": "rest"}
    Survey.objects.update(jumps=[jump])
    answer = browser.get(address("flow"))
    diagram = answer.context["diagram"]
    assert [box.key for box in diagram.pages if box.dead] == ["reasons"]
    page = answer.content.decode()
    assert "<svg" in page and "nobody comes here" in page and "<table" in page


def test_a_thousand_people_are_sent_through_and_nothing_is_kept(browser):
    answer = browser.post(address("try"), {"do": "walk"})
    walked = answer.context["walked"]
    assert walked.people == 1000 == sum(walked.ends.values()) and not walked.stuck
    assert 0 < walked.pages["reasons"] < 1000
    assert Response.objects.count() == 0
    ends = dict(answer.context["tables"])["End pages"]
    assert [name for name, _count, _share in ends] == ["We call you", "Thanks a lot"]


def test_a_test_address_is_made_once(browser):
    browser.post(address("try"), {"do": "link"})
    browser.post(address("try"), {"do": "link"})
    link = OpenLink.objects.get()
    assert link.kind == "test"
    assert f"/s/{link.token}/" in browser.get(address("try")).content.decode()


def test_copied_archived_and_deleted(browser):
    browser.post(address("copy"))
    assert row("pulse_2").label == "Pulse (copy)"
    browser.post(address("archive"))
    assert row().retired
    assert "Delete the survey" in browser.get(address("delete")).content.decode()
    browser.post(address("delete"))
    assert not Survey.objects.filter(key="pulse").exists()


def test_only_administrators_get_in(browser, cast):
    others = [client_of(cast.manager), client_of(cast.outsider)]
    for name in ("form", "flow", "settings", "sending", "try", "preview", "frame"):
        assert browser.get(address(name)).status_code == 200
        answers = [client.get(address(name)).status_code for client in others]
        assert set(answers) <= {302, 403}, name


def test_what_is_not_there_is_not_found(browser):
    for path in (address("part", "steps", 0), address("part", "jumps", 7), address("item", "no")):
        assert browser.get(path).status_code == 404
    assert "any more" in messages_of(browser.post(address("add_item"), {"add": "jump"}))[0]


def test_questions_are_dragged_between_pages_and_what_comes_along_stays_with_its_question(browser):
    steps = two_pages()["steps"]
    steps[1]["sections"][0]["items"][0]["options"]["other"] = True
    Survey.objects.update(steps=steps)
    wanted = [
        {"key": "score.main", "fields": ["nps", "why"]},
        {"key": "reasons.main", "fields": ["more"]},
        {"key": "rest.main", "fields": ["tip"]},
    ]
    answer = browser.post(address("arrange"), json.dumps(wanted), content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert [i["key"] for i in row().steps[0]["sections"][0]["items"]] == ["nps", "why"]
    page = browser.get(address("form")).content.decode()
    assert 'id="item-why"' in page and "why_other" not in page
    browser.post(address("undo", "undo"))
    assert len(row().steps[1]["sections"][0]["items"]) == 2


def test_two_sessions_do_not_undo_each_other(browser, cast):
    browser.post(address("add_item"), {"add": "date", "to": "rest.main"})
    other = client_of(cast.administrator)
    other.post(address("add_item"), {"add": "number", "to": "rest.main"})
    answer = browser.post(address("undo", "undo"))
    assert "Somebody else" in messages_of(answer)[0]
    assert known("date") and known("number")
