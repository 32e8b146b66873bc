"""Inbound hooks: proven, mapped, taken once, kept raw, and played again after a mend."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from standardwebhooks.webhooks import Webhook

from crm_config import payload
from crm_config.live import live
from crm_config.problems import ConfigurationInvalid
from crm_config.schema import check_shape
from forms_builder.definitions import forms_of
from forms_builder.inbound import services
from forms_builder.inbound.definitions import hooks_of
from forms_builder.inbound.paths import at
from forms_builder.models import InboundMessage, Submission
from records.models import Record
from tests.forms_builder.forms import contact, item, publish

pytestmark = pytest.mark.django_db
ORDER = {
    "id": "evt_1",
    "order": {"customer": {"name": "Popa", "mail": "ana@example.com"}, "lines": [{"sku": "A"}, {"sku": "B"}]},
    "channel": "shop",
}  # fmt: skip
MAPPING = {
    "family_name": "order.customer.name",
    "email": "order.customer.mail",
    "source": "channel",
}
SOURCE = item("source", "hidden", default="form", labels={"en": "Source"})


def hook(**more):
    said = {"key": "shop", "form": "contact", "mapping": MAPPING, "message": "id", "sample": ORDER}
    return {**said, **more}


def published(**more):
    publish(contact(SOURCE), inbound_hooks=[hook(**more)])


def post(body, *, key: str = "shop", signed: bool = True, **headers):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    if signed:
        secret = hooks_of(live())["shop"].secret.encode()
        headers["X-Signature"] = "sha256=" + hmac.new(secret, raw, hashlib.sha256).hexdigest()
    kind = headers.pop("content_type", "application/json")
    return Client().post(f"/in/{key}/", raw, content_type=kind, headers=headers)


def test_a_message_fills_in_the_form():
    published()
    answer = post(ORDER)
    row = Submission.objects.get()
    assert answer.status_code == 202 and answer.json()["reference"] == row.reference
    assert (row.channel, row.status) == ("hook", "accepted")
    assert row.values == {"family_name": "Popa", "email": "ana@example.com", "source": "shop"}
    assert Record.unscoped.get(type="person").data["family_name"] == "Popa"


def test_sent_again_it_is_the_same_message():
    published()
    answers = [post(ORDER), post({**ORDER, "again": True}), post(ORDER)]
    assert {a.json()["reference"] for a in answers} == {Submission.objects.get().reference}
    post(ORDER, **{"webhook-id": "another"})
    assert InboundMessage.objects.count() == 2


def test_without_a_name_the_same_body_is_the_same_message():
    published(message="")
    for _twice in range(2):
        post(ORDER)
    assert InboundMessage.objects.count() == 1


def test_a_wrong_proof_and_a_hook_that_is_not_there_look_alike():
    published()
    wrong = [
        post(ORDER, signed=False),
        post(ORDER, signed=False, **{"X-Signature": "sha256=" + "0" * 64}),
        post(ORDER, key="nothing"),
    ]
    assert {(a.status_code, a.content) for a in wrong} == {(404, b'{"error": "not found"}')}
    published(retired=True)
    assert post(ORDER).status_code == 404 and not InboundMessage.objects.exists()


def test_the_secret_itself_or_a_standard_webhook_may_prove_it():
    published(proof="secret")
    secret = hooks_of(live())["shop"].secret
    assert post(ORDER, signed=False, **{"X-Secret": secret}).status_code == 202
    assert post(ORDER, signed=False, **{"X-Secret": "no"}).status_code == 404
    published(proof="webhook")
    now, raw = datetime.now(UTC), json.dumps(ORDER).encode()
    signature = Webhook(secret).sign("m1", now, raw.decode())
    said = {"webhook-id": "m1", "webhook-timestamp": str(int(now.timestamp()))}
    assert post(raw, signed=False, **said, **{"webhook-signature": signature}).status_code == 202
    assert post(raw, signed=False, **said, **{"webhook-signature": "v1,x"}).status_code == 404


def test_forms_are_posted_too():
    published(mapping={"family_name": "name", "email": "mail"}, message="")
    body = b"name=Popa&mail=ana%40example.com"
    answer = post(body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 202 and Submission.objects.get().status == "accepted"


def test_what_cannot_be_read_and_what_is_too_much():
    published(per_minute=1)
    assert post(b"{not json").status_code == 400
    assert post(b'"' + b"x" * (600 * 1024) + b'"').status_code == 413
    assert post(ORDER).status_code == 202
    assert post({**ORDER, "id": "evt_2"}).status_code == 429


def test_what_does_not_fit_is_held_and_played_again_after_the_mend():
    published(mapping={**MAPPING, "family_name": "order.nothing"})
    answer = post(ORDER)
    row = InboundMessage.objects.get()
    assert answer.status_code == 202 and row.submission.status == "held"
    assert json.loads(row.body) == ORDER
    row.submission.delete()
    row.refresh_from_db()
    published()
    services.replay(row)
    assert InboundMessage.objects.get().submission.status == "accepted"
    assert Record.unscoped.filter(type="person").count() == 1


def test_a_message_for_a_full_form_waits():
    publish(contact(SOURCE, settings={"most": 1}), inbound_hooks=[hook()])
    post(ORDER)
    post({**ORDER, "id": "evt_2"})
    held = InboundMessage.objects.first()
    assert (held.status, held.submission) == ("held", None) and "places" in held.why[0]
    publish(contact(SOURCE, settings={"most": 2}), inbound_hooks=[hook()])
    services.replay(held)
    held.refresh_from_db()
    assert held.status == "taken"


def test_a_sample_is_tried_without_writing():
    published()
    snapshot = live()
    found = services.tried(
        hooks_of(snapshot)["shop"], forms_of(snapshot)["contact"], snapshot, {"order": {}}
    )
    assert set(found["errors"]) == {"family_name", "email"} and not Submission.objects.exists()


def test_paths_lead_through_objects_and_lists():
    assert at(ORDER, "order.lines.1.sku") == "B" and at(ORDER, "order.lines.*.sku") == ["A", "B"]
    for nowhere in ("order.lines.9.sku", "order", "nothing.at.all", "", "id.0"):
        assert at(ORDER, nowhere) is None


@pytest.mark.parametrize(
    "wrong",
    [hook(form="nothing"), hook(mapping={}), hook(mapping={"nothing": "a"}), hook(key="Bad")],
)
def test_what_does_not_fit_is_not_published(wrong):
    with pytest.raises(ConfigurationInvalid):
        publish(contact(SOURCE), inbound_hooks=[wrong])


def test_hooks_are_packed_without_their_secret():
    published()
    packed = payload.dump()
    assert not check_shape(packed) and packed["inbound_hooks"] == [hook()]
    assert hooks_of(live())["shop"].secret not in json.dumps(packed)
