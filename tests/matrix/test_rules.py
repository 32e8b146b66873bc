"""The published matrix: each kind of rule holds on each path. A kind is a row, a path a column; both are added here.

Each cell tries to win a deal that has no date. `docs/rules.md` holds the table as it was measured, or this fails:
`refused` (no way through), `reason` (a reason lets it through), `approval` (only others' agreement does).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm_config import publication
from crm_config.live import live
from forms_builder.inbound.definitions import hooks_of
from forms_builder.inbound.section import InboundSection
from forms_builder.section import FormSection
from jobs.services import run_pending
from records import bulk, services
from records.access import Access
from records.errors import Refused
from records.forms.submit import REASON
from records.gate import Change
from records.imports import mapping
from records.imports import services as imports
from records.models import Record
from records.selection import Selection
from surveys.models import FollowUp
from surveys.section import SurveySection
from tests.cast import Cast, create
from tests.forms_builder.forms import form, item
from tests.forms_builder.visitor import Visitor
from tests.surveys.surveying import Respondent, invite, question, survey
from tests.workflows.procedures.rules import procedure, process, publish
from workflows.approvals.services import decide, request
from workflows.models import Procedure
from workflows.procedures.section import ProcedureSection

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
RULE = "procedures:dated"
REASONS = {RULE: "It follows."}


def blocking() -> None:
    publish(procedure())


def warning() -> None:
    publish(procedure(mode="warn"))


def approving() -> None:
    publish(procedure(mode="approve", approval="boss"), approvals=[process()])


KINDS: Mapping[str, Callable[[], None]] = {
    "procedure: block": blocking,
    "procedure: warn": warning,
    "procedure: approve": approving,
}


def _client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def by_form(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    typed = {f"{REASON}{rule}": reason for rule, reason in reasons.items()}
    _client(cast).post(
        reverse("records:edit", args=[deal]), {"f-name": "D", "f-won": "on", **typed}
    )


def by_staff_form(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    """One that administrators laid out for changing deals."""
    found = form("staff", item("name"), item("won"), type="deal", channel="staff")
    settings = {"used_for": ["edit"]}
    FormSection().load([{**found, "settings": settings}], replace=False)
    if publication.changes():
        publication.publish(user=None, reason="form")
    page = _client(cast).get(reverse("records:edit", args=[deal]))
    assert page.context["form"].laid_out
    by_form(cast, deal, reasons)


def by_bulk(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    access = Access.of(cast.administrator)
    chosen = Selection("deal", ids=(deal,))
    bulk.start(chosen, "change", {"won": True}, access=access, reasons=reasons)


def by_import(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    columns = [{"column": "Name", "field": "name"}, {"column": "Won", "field": "won"}]
    chosen = mapping.load({"format": 1, "type": "deal", "columns": columns})
    run = imports.begin(
        access=Access.of(cast.administrator),
        name="deals.csv",
        content=b"Name,Won\nImported,true\n",
        type_key="deal",
        mapping=chosen,
    )
    imports.try_out(run)
    run_pending()
    run.refresh_from_db()
    imports.start(run)
    run_pending()


def by_api(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    _client(cast).patch(
        reverse("api:change", args=["deal", deal]),
        json.dumps({"fields": {"won": True}, "acknowledge": reasons}),
        content_type="application/json",
        headers={"If-Match": "*"},
    )


def with_form() -> None:
    """A form that wins the deal whose name it is given, and a hook that fills it in."""
    found = form(
        "win",
        item("name", required=True),
        item("won"),
        type="deal",
        handling={"match": ["name"], "update": "overwrite"},
    )
    FormSection().load([found], replace=False)
    hook = {"key": "win", "form": "win", "mapping": {"name": "name", "won": "won"}}
    InboundSection().load([{**hook, "proof": "secret"}], replace=False)
    if publication.changes():
        publication.publish(user=None, reason="form")


def by_public_form(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    """Nobody can give a reason there: the submission is held for a person."""
    with_form()
    visitor = Visitor("win")
    visitor.open()
    visitor.send(name="D", won="on", **{f"{REASON}{rule}": why for rule, why in reasons.items()})


def by_inbound_hook(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    with_form()
    hook = hooks_of(live())["win"]
    body = {"name": "D", "won": True, "acknowledge": dict(reasons)}
    Client().post(
        "/in/win/",
        json.dumps(body),
        content_type="application/json",
        headers={"X-Secret": hook.secret},
    )


def by_offline_sending(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    """Filled in on the road, by somebody who may win deals."""
    found = form(
        "win_away",
        item("name", required=True),
        item("won"),
        type="deal",
        channel="staff",
        handling={"match": ["name"], "update": "overwrite"},
        settings={"offline": True},
    )
    FormSection().load([found], replace=False)
    if publication.changes():
        publication.publish(user=None, reason="form")
    body = {"user": cast.administrator.pk, "form": "win_away", "key": f"away-{len(reasons)}-key"}
    _client(cast).post(
        reverse("forms:offline_send"),
        json.dumps({**body, "values": "i-name=D&i-won=on", "acknowledged": dict(reasons)}),
        content_type="application/json",
    )


def with_survey() -> None:
    """A survey about deals that wins each deal which is answered about."""
    wins = {"key": "wins", "when": {"all": []}, "set": {"won": True}}
    found = survey("wins", question("nps", "nps"), type="deal", follow_ups=[wins])
    SurveySection().load([{**found, "type": "deal"}], replace=False)
    if publication.changes():
        publication.publish(user=None, reason="survey")


def by_survey(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    """Nobody can give a reason there: the answer stays, and a follow-up says what could not be done."""
    with_survey()
    respondent = Respondent(invite("wins", deal).token)
    respondent.open()
    respondent.send(nps="9", **{f"{REASON}{rule}": why for rule, why in reasons.items()})
    run_pending()
    assert passed() or FollowUp.objects.exclude(problems=[]).exists()


def by_automation(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    change = Change("change", id=deal, values={"won": True}, acknowledged=reasons)
    services.execute_one(change, access=Access.system(), channel="automation")


def by_approval(cast: Cast, deal: int, reasons: Mapping[str, str]) -> None:
    """Of another rule, which lets nobody round this one."""
    if not Procedure.objects.filter(key="names").exists():
        publish_with_approval_of_names()
    change = Change("change", id=deal, values={"won": True, "name": "E"}, acknowledged=reasons)
    try:
        asked = request(change, access=Access.of(cast.owner))
    except Refused:
        return
    while asked.state == asked.State.WAITING:
        asked = decide(asked, access=Access.of(cast.manager), verdict="yes")


def publish_with_approval_of_names() -> None:
    raws = [ProcedureSection.raw_of(row) for row in Procedure.objects.all()]
    names = procedure(
        "names", mode="approve", approval="other", when=None, must={"not": {"changed": "name"}}
    )
    own = [process()] if any(raw.get("approval") for raw in raws) else []
    publish(*raws, names, approvals=[*own, process("other")])


PATHS: Mapping[str, Callable[[Cast, int, Mapping[str, str]], None]] = {
    "form": by_form,
    "staff form": by_staff_form,
    "bulk": by_bulk,
    "import": by_import,
    "api": by_api,
    "automation": by_automation,
    "public form": by_public_form,
    "inbound hook": by_inbound_hook,
    "offline sending": by_offline_sending,
    "survey": by_survey,
    "approval": by_approval,
}


def passed() -> bool:
    return Record.unscoped.filter(data__won=True).exists()


def measured(cast: Cast, kind: str, path: str) -> str:
    deal = create("deal", cast.owner, name="D")
    KINDS[kind]()
    PATHS[path](cast, deal, {})
    if passed():
        return "approval" if path == "approval" and kind.endswith("approve") else "passes"
    PATHS[path](cast, deal, REASONS)
    return "reason" if passed() else "refused"


def table() -> dict[tuple[str, str], str]:
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text().splitlines() if "|" in line]
    head = [cell.strip() for cell in rows[0]]
    return {
        (row[0].strip(), path): cell.strip()
        for row in rows[2:]
        for path, cell in zip(head[1:], row[1:], strict=True)
    }


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("kind", KINDS)
def test_it_holds(cast: Cast, kind: str, path: str, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    found = measured(cast, kind, path)
    assert found != "passes"
    assert table()[kind, path] == found


def test_nothing_is_left_out_of_the_page() -> None:
    assert set(table()) == {(kind, path) for kind in KINDS for path in PATHS}
