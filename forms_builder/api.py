"""Public forms for programs and pages that draw them themselves: what a form asks, and sending it. Without a token, as
the pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from crm_config import labels
from crm_config.conditions.api import Standpoint
from crm_config.definitions import Snapshot
from crm_config.live import live
from forms_builder import guards, places, services
from forms_builder.definitions import FormDef, ItemDef, in_use
from forms_builder.engine.compiling import compiled
from forms_builder.engine.evaluate import States
from forms_builder.models import Submission
from forms_builder.public.filling import Filling
from forms_builder.public.opening import closed
from forms_builder.public.sealing import Seal, digest_of, unsealed
from records.api import registry
from records.api.openapi import refusing
from records.api.problems import Fault, Problem
from records.errors import NotVisible
from records.languages import spoken

router = Router(tags=["Forms"])


class FormQuery(Schema):
    model_config = ConfigDict(extra="forbid")
    language: str = Field(
        "", pattern=r"^([a-z]{2})?$", description="Of the texts; the company's first without."
    )


class FormOut(Schema):
    key: str
    config_version: int
    languages: list[str]
    language: str
    title: str
    intro: str
    submit: str
    closed: str = Field(description="Why it cannot be sent; empty where it can.")
    steps: list[dict[str, Any]] = Field(description="What it asks, in order.")
    logic: dict[str, Any] = Field(description="What `static/forms_builder/js/logic.js` evaluates.")
    challenge: dict[str, Any] | None = Field(
        description="The proof of work, where it asks for one."
    )
    seal: str = Field(
        description="Comes back with the answers. Sent twice, it has its effect once."
    )
    url: str = Field(description="The form's own page.")


class AnswersIn(Schema):
    model_config = ConfigDict(extra="forbid")
    seal: str = Field(max_length=20_000)
    values: dict[str, Any] = Field(description="By item's key.")
    language: str = Field("", pattern=r"^([a-z]{2})?$")
    proof: str = Field("", max_length=2000)


class SentOut(Schema):
    reference: str
    status: str = Field(
        description="`received`: what became of it is not told. `waiting`: a mail asks to confirm."
    )


@router.get(
    "/{key}",
    response=FormOut,
    auth=None,
    url_name="form",
    summary="A public form",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_form(request: HttpRequest, key: str, query: Query[FormQuery]) -> dict[str, Any]:
    """What it asks, in one language, with its logic."""
    snapshot = live()
    form = form_named(key, snapshot)
    language = query.language if query.language in spoken(snapshot) else spoken(snapshot)[0]
    with translation.override(language):
        return _described(form, snapshot, language)


@router.post(
    "/{key}",
    response={202: SentOut},
    auth=None,
    url_name="send_form",
    summary="Send a public form",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS),
)
def send_form(request: HttpRequest, key: str, body: AnswersIn) -> Status:
    """Items that nobody sees, files and unknown keys are passed over."""
    snapshot = live()
    form = form_named(key, snapshot)
    language = body.language if body.language in spoken(snapshot) else spoken(snapshot)[0]
    with translation.override(language):
        return Status(202, _said(_taken(request, form, snapshot, body, language)))


def form_named(key: str, snapshot: Snapshot) -> FormDef:
    """Raises `NotVisible`."""
    found = next((form for form in in_use(snapshot, "public") if form.key == key), None)
    if found is None or found.settings.get("by_token"):
        raise NotVisible(key)
    return found


def _described(form: FormDef, snapshot: Snapshot, language: str) -> dict[str, Any]:
    said = {
        "key": form.key,
        "config_version": snapshot.version,
        "languages": spoken(snapshot),
        "language": language,
        "title": form.label,
        "intro": labels.text(form.intro),
        "submit": labels.text(form.submit),
        "closed": closed(form, snapshot),
        "steps": [],
        "logic": {},
        "challenge": None,
        "seal": "",
        "url": reverse("public_forms:form", args=[form.slug]),
    }
    if said["closed"]:
        return said
    filling = Filling(form, snapshot, language)
    filling.begin({})
    seal = Seal(form.key, digest_of(form, snapshot), fixed=filling.fixed)
    standpoint = Standpoint(now=filling.access.now, tz=filling.access.tz)
    steps = [
        {
            "key": step.key,
            "label": step.label,
            "items": [
                described
                for item in step.items
                if item.kind != "hidden" and (described := _item(item, filling))
            ],
        }
        for step in form.steps
    ]
    asks = guards.demands_proof(form) is not None
    return said | {
        "steps": steps,
        "logic": compiled(filling.logic, standpoint),
        "challenge": guards.challenge(form, seal.key) if asks else None,
        "seal": seal.text(),
    }


def _item(item: ItemDef, filling: Filling) -> dict[str, Any]:
    f = filling.logic.fields.get(item.key)
    found: dict[str, Any] = {
        "key": item.key,
        "kind": item.kind,
        "label": f.label if f else labels.text(item.labels),
        "help": labels.text(f.help if f else item.help),
        "required": item.required,
    }
    if f is not None:
        found |= {"type": f.type.key, "schema": f.type.json_schema(f)}
        found["options"] = [
            {"key": option.key, "label": option.label} for option in f.choices if not option.retired
        ]
    if (offered := filling.offers.of(item)) is not None:
        found["offered"] = [{"id": pk, "title": title} for pk, title in offered.items()]
    if text := item.options.get("text"):
        found["text"] = labels.text(text)
    return found


def _taken(
    request: HttpRequest, form: FormDef, snapshot: Snapshot, body: AnswersIn, language: str
) -> Submission:
    seal = unsealed(body.seal, form.key)
    if seal is None:
        message = "seal"
        raise Problem("invalid", faults=[Fault("seal", message, place="body.seal")])
    known = Submission.objects.filter(key=seal.key).first()
    if known is not None:
        return known
    if reason := closed(form, snapshot):
        raise Problem("closed", reason)
    filling = Filling(form, snapshot, language, fixed=dict(seal.fixed))
    filling.values = dict(seal.fixed) | {
        k: v for k, v in body.values.items() if k in form.items and not _is_file(k, filling)
    }
    states = filling.states()
    _refuse_wrong(filling, states)
    _refuse_machines(request, form, seal, body)
    sent = services.Sent(
        values=filling.raw,
        key=seal.key,
        channel=Submission.Channel.API,
        fixed=filling.fixed,
        language=language,
        sender=guards.sender_of(request),
        person=services.person_key(form, filling.raw),
    )
    try:
        return services.submit(form, sent, snapshot=snapshot, states=states)
    except (places.Full, services.Already) as refused:
        raise Problem("closed", str(refused)) from refused


def _is_file(key: str, filling: Filling) -> bool:
    f = filling.logic.fields.get(key)
    return f is not None and f.type.group == "file"


def _refuse_wrong(filling: Filling, states: States) -> None:
    errors = filling.checked(states).errors
    if errors:
        faults = [
            Fault("invalid", said, field=key, place=f"body.values.{key}")
            for key, said in errors.items()
        ]
        raise Problem("invalid", faults=faults)


def _refuse_machines(request: HttpRequest, form: FormDef, seal: Seal, body: AnswersIn) -> None:
    demand = guards.demands_proof(form)
    proven = demand is None or guards.proven(form, seal.key, body.proof)
    if demand and not proven:
        raise Problem("invalid", faults=[Fault("proof", "proof", place="body.proof")])
    if guards.too_quick(form, seal.seconds) or guards.too_many(
        form, guards.sender_of(request), proven=proven
    ):
        raise Problem("too_many")


def _said(row: Submission) -> dict[str, Any]:
    """Whether it was held is the house's own business."""
    waiting = row.status == Submission.Status.WAITING
    return {"reference": row.reference, "status": "waiting" if waiting else "received"}


registry.register("forms", router)
