"""Promises in the studio: the gallery, writing one of each kind, what holds and what does not, taking one back."""

import json
from typing import Any

import pytest
from django.urls import reverse

from crm_config import payload, publication
from crm_config.models import Promise, PromiseCheck
from crm_config.promises.kinds.registry import KINDS
from jobs.services import run_pending
from tests.cast import Cast, create
from tests.crm_config.studio import client_of, messages_of, url
from tests.records.promises.promising import IT, promise, written

pytestmark = pytest.mark.django_db

ROLE = {"role": "sales"}
FORMS: dict[str, dict[str, Any]] = {
    "no_access": {**ROLE, "action": "delete", "condition": json.dumps(IT)},
    "no_field": {**ROLE, "right": "read", "field": "margin"},
    "only": {"roles": ["administrator", "manager"], "action": "change", "condition": ""},
    "only_field": {"roles": ["administrator", "manager", "support"], "right": "read", "field": "margin"},
    "reach": {**ROLE, "who": "some", "action": "view", "condition": ""},
}  # fmt: skip


def add(cast: Cast, kind: str, **more: Any) -> Any:
    address = url("promise_add", kind=kind, type="organisation")
    posted = {"labels_en": "Kept close", "labels_el": "", "key": "", **FORMS[kind], **more}
    return client_of(cast.administrator).post(address, posted)


def test_the_gallery_shows_each_kind_with_an_example(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    html = browser.get(url("promise_kinds")).content.decode()
    for kind in KINDS.values():
        assert f"?kind={kind.key}" in html and str(kind.example) in html
    assert (
        "kind=only&amp;type=deal" in browser.get(url("promise_kinds", kind="only")).content.decode()
    )


@pytest.mark.parametrize("kind", KINDS)
def test_one_of_each_kind_is_written_and_looked_at(cast: Cast, kind: str) -> None:
    page = client_of(cast.administrator).get(url("promise_add", kind=kind, type="organisation"))
    for name in KINDS[kind].arguments:
        assert name == "type" or f'name="{name}"' in page.content.decode()
    answer = add(cast, kind)
    row = Promise.objects.get(key="kept_close")
    wanted = {k: v for k, v in FORMS[kind].items() if k != "condition"}
    if FORMS[kind].get("condition"):
        wanted["condition"] = IT
    assert (row.kind, row.arguments) == (kind, {"type": "organisation", **wanted})
    check = PromiseCheck.objects.get(key="kept_close", draft=True)
    assert ("It holds." in messages_of(answer)[0]) is check.kept
    assert check.kept is (kind != "only")
    html = client_of(cast.administrator).get(url("promises")).content.decode()
    assert ("Does not hold" in html) is not check.kept
    assert publication.check(payload.dump()) == [] or not check.kept


def test_a_form_that_says_nothing_useful_is_refused(cast: Cast) -> None:
    for wrong in ("{", '{"all": []}', '{"field": "gone", "op": "is_set"}'):
        answer = add(cast, "no_access", condition=wrong)
        assert answer.status_code == 200 and "error-message" in answer.content.decode()
    answer = add(cast, "no_access", action="create")
    assert "creating takes none" in answer.content.decode()
    assert not Promise.objects.exists()


def test_a_broken_one_shows_its_counter_example_with_the_record(cast: Cast) -> None:
    pk = create("organisation", name="Bits", sector="it", owner=cast.owner.pk)
    add(cast, "no_access")
    html = client_of(cast.administrator).get(url("promises")).content.decode()
    assert "Owner may delete Organisation" in html
    assert reverse("records:record", args=[pk]) in html and "Bits" in html


def test_what_it_says_now_has_to_be_looked_at_anew(cast: Cast) -> None:
    add(cast, "no_field")
    row = Promise.objects.get()
    row.arguments = {**row.arguments, "role": "support"}
    row.save()
    assert "Not checked yet" in client_of(cast.administrator).get(url("promises")).content.decode()


def test_all_are_looked_at_by_a_job(cast: Cast) -> None:
    written(promise("no_field", role="sales", right="read", type="organisation", field="margin"))
    browser = client_of(cast.administrator)
    browser.post(url("promises"))
    assert "job-progress" in browser.get(url("promises")).content.decode()
    run_pending()
    html = browser.get(url("promises")).content.decode()
    assert "Holds" in html and "under the working copy" in html


def test_it_is_changed_archived_and_taken_back(cast: Cast) -> None:
    add(cast, "no_field")
    browser = client_of(cast.administrator)
    posted = {"labels_en": "Other", "role": "support", "right": "write", "field": "notes"}
    browser.post(url("promise", "kept_close"), {**posted, "retired": "on"})
    row = Promise.objects.get()
    assert (row.labels, row.retired, row.arguments["field"]) == ({"en": "Other"}, True, "notes")
    assert "Archived" in browser.get(url("promises")).content.decode()
    assert "nothing holds it" in browser.get(url("promise_delete", "kept_close")).content.decode()
    browser.post(url("promise_delete", "kept_close"))
    assert not Promise.objects.exists()


def test_the_review_shows_what_breaks_it_with_its_screen(cast: Cast) -> None:
    add(cast, "only")
    html = client_of(cast.administrator).get(url("review")).content.decode()
    assert "This promise would not hold" in html and url("promise", "kept_close") in html
    answer = client_of(cast.administrator).post(url("review"), {"decision": "publish"})
    assert "in the way" in messages_of(answer)[0]
    assert publication.latest().version == 1


def test_administrators_find_broken_ones_at_home_and_in_the_register(cast: Cast) -> None:
    home = reverse("wagtailadmin_home")
    browser = client_of(cast.administrator)
    assert "does not hold" not in browser.get(home).content.decode()
    example = {"role": "sales", "alone": True, "roles": ["sales"], "scope": "own",
               "action": "delete", "type": "organisation"}  # fmt: skip
    PromiseCheck.objects.create(
        key="x", digest="", kept=False, example=example, checked_at="2026-01-01T00:00Z"
    )
    assert "1 promise does not hold" in browser.get(home).content.decode()
    assert "does not hold" not in client_of(cast.owner).get(home).content.decode()
    register = reverse("operations_promises_modeladmin_index")
    html = browser.get(register).content.decode()
    assert "may delete Organisations. It is granted to “Sales”: Records they own." in html
    assert client_of(cast.owner).get(register).status_code in (302, 403)
