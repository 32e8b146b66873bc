"""Every address, with everybody: nothing hidden is shown, the studio is for administrators, and who has no
rights changes nothing. Generated from the URL map."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from crm_config import publication
from crm_config.live import live
from crm_config.models import ConfigSnapshot, Promise, RecordType, Role, Segment, User
from crm_config.segments import segments_of
from forms_builder.models import Form, InboundMessage, Submission
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate import Change
from records.imports.services import begin, try_out
from records.models import (
    BudgetRule,
    Event,
    ImportRun,
    Record,
    SavedMapping,
    SegmentMember,
    SegmentMove,
    Simulation,
    TypedDraft,
    Unsubscription,
)
from records.segments.services import change_list
from records.simulation.services import start
from surveys.models import (
    Dispatch,
    FollowUp,
    Invitation,
    OpenLink,
    Response,
    ResultShare,
    Survey,
)
from tests import company as small
from tests.cast import Cast, create
from tests.forms_builder.forms import form, item
from tests.kept import kept
from tests.matrix.addresses import Address, walk
from tests.matrix.samples import samples
from tests.surveys import surveying
from tests.surveys.results.answering import answer
from workflows.models import (
    ApprovalProcess,
    Automation,
    BusinessCalendar,
    MailTemplate,
    Pipeline,
    Procedure,
    ServiceLevel,
)

pytestmark = pytest.mark.django_db

ADDRESSES = sorted(set(walk()), key=lambda address: (address.name, address.pattern))
#: So many in one test, which share one company: making it costs more than asking.
CHUNK = 24
CHUNKS = [ADDRESSES[start : start + CHUNK] for start in range(0, len(ADDRESSES), CHUNK)]
IDS = [f"{chunk[0].name}-to-{chunk[-1].name}" for chunk in CHUNKS]

#: Says so where there is no worker.
MAY_BE_DOWN = {"readyz"}

#: Only administrators get an answer from these.
ADMINISTRATION = (
    "studio:",
    "pipelines_studio:",
    "procedures_studio:",
    "approvals_studio:",
    "automation_studio:",
    "template_studio:",
    "deadline_studio:",
    "contact_studio:",
    "form_studio:",
    "survey_studio:",
    "inbound_studio:",
    "simulation:",
    "operations_",
)

#: The title of a record of the stranger's, and a value of a field that sales may not read.
HIDDEN_TITLE = "Zyx Confidential Holding"
HIDDEN_VALUE = "918273645"
HIDDEN_NOTE = "whispered-note-4711"


#: With a list that holds hidden records too, and one that asks about a field that sales may not read.
SEGMENTS = [
    {
        "key": "it",
        "type": "organisation",
        "labels": {"en": "Computers"},
        "kind": "combined",
        "condition": {"field": "sector", "op": "eq", "value": "it"},
        "tracks": True,
    },
    {
        "key": "rich",
        "type": "organisation",
        "labels": {"en": "Rich"},
        "condition": {"field": "margin", "op": "eq", "value": int(HIDDEN_VALUE)},
        "roles": ["sales"],
    },
]

#: So that the hidden record stands on a board, and everybody who may change it may move it.
PIPELINE = {
    "key": "relations",
    "type": "organisation",
    "labels": {"en": "Relations"},
    "stages": [{"key": "new", "start": True}, {"key": "known", "entry": ["margin"]}],
    "transitions": [{"key": "knowing", "from": ["new"], "to": "known"}],
}

#: Everybody keeps it: it stands there for its addresses.
PROCEDURE = {
    "key": "named",
    "type": "organisation",
    "labels": {"en": "Named"},
    "moments": ["change"],
    "must": {"field": "name", "op": "is_set"},
}

PROCESS = {
    "key": "boss",
    "type": "organisation",
    "labels": {"en": "The boss agrees"},
    "steps": [{"key": "first", "approvers": [{"role": "manager"}]}],
}


def company() -> dict[str, Any]:
    found = small.small_company()
    for role in found["roles"]:
        moving = [g for g in role["grants"] if g["action"] == "change"]
        role["grants"] += [{**g, "action": "transition"} for g in moving]
        if role["key"] != "support":
            role["grants"] += [{**g, "action": "share"} for g in moving]
    ours = {"pipelines": [PIPELINE], "procedures": [PROCEDURE], "approvals": [PROCESS]}
    return {**found, "segments": SEGMENTS, **ours, **DEADLINES, **FORMS, **MAILS, **SURVEYS}


#: Public: whoever has the address may fill it in, and learns nothing of what is there.
FORMS = {
    "forms": [
        form("ask", item("name", required=True), item("code", prefill="code"), type="organisation")
    ],
    "inbound_hooks": [{"key": "shop", "form": "ask", "mapping": {"name": "name"}}],
}


#: Hidden records were left out of a sending; whoever has an open link answers, and learns nothing of what is there.
MAILS = {
    "contact_budget": [{"key": "usual", "most": 1, "days": 30, "kinds": ["survey"]}],
    "contact_people": [{"key": "person", "email": "email"}],
}


#: Answered about hidden records too; as few answers as there are may be shown.
TOLD = {"when": {"field": "nps", "op": "lte", "value": 6}, "message": {"en": "We are sorry."}}
SURVEYS = {
    "surveys": [
        surveying.survey(
            "nps",
            surveying.question("nps", "nps", required=True),
            surveying.question("why", "long_text", message_when=[TOLD]),
            type="organisation",
        ),
        surveying.survey(
            "relation",
            surveying.question("likely", "nps"),
            surveying.question("words", "long_text"),
            type="organisation",
            settings={"floor": 1},
        ),
    ]
}


#: Hidden records are late too.
DEADLINES = {
    "calendars": [{"key": "office", "hours": {"mon": [["09:00", "17:00"]]}}],
    "service_levels": [
        {
            "key": "usual",
            "type": "organisation",
            "calendar": "office",
            "targets": [{"key": "answer", "minutes": 1, "met": {"field": "code", "op": "is_set"}}],
        }
    ],
}


@kept
def world(cast: Cast) -> dict[str, Any]:
    """Everybody may open the admin, so that what stops them is a right and not the door."""
    small.publish(company=company())
    for user in User.objects.all():
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    shown = create(
        "organisation",
        name="Plain Company",
        margin=int(HIDDEN_VALUE),
        owner=cast.owner.pk,
        team=cast.north.pk,
        sector="it",
    )
    hidden = create("organisation", name=HIDDEN_TITLE, owner=cast.stranger.pk, team=cast.south.pk)
    person = create(
        "person", family_name="Linked", company=hidden, owner=cast.owner.pk, team=cast.north.pk
    )
    deal = create(
        "deal",
        name="Deal",
        amount="10 EUR",
        customer=shown,
        owner=cast.owner.pk,
        team=cast.north.pk,
    )
    change = Change("change", id=hidden, values={"notes": HIDDEN_NOTE})
    services.execute_or_raise([change], access=Access.system(), channel="api")
    segment = segments_of(live())["it"]
    change_list(segment, [hidden], "add", access=Access.system(), why=HIDDEN_NOTE)
    change_list(segment, [shown], "remove", access=Access.system())
    run_pending()
    answered = some_answers(cast, shown, hidden)
    more: dict[str, Any] = {**an_import(cast), **a_simulation(), **a_sending(cast, shown, hidden)}
    more |= {"response": answered[0], "shared": answered[2]}
    OpenLink.objects.create(survey="nps", name="A link", token="a-link-of-a-survey")
    more["follow_up"] = a_follow_up(cast, hidden)
    found = samples(cast, shown=shown, person=person, deal=deal, **more)
    return {
        "cast": cast,
        "samples": found,
        "hidden": {
            **found,
            "id": hidden,
            "pk": hidden,
            "record_id": hidden,
            "survey_results:response:response": answered[1],
        },
    }


def some_answers(cast: Cast, shown: int, hidden: int) -> tuple[int, int, str]:
    """About the record that is shown and the hidden one; and the administrator's link to them."""
    said = {shown: "All well", hidden: HIDDEN_NOTE}
    found = [answer(record, likely=9, words=text).pk for record, text in said.items()]
    row = ResultShare.objects.create(
        survey="relation",
        name="Shared",
        questions=["likely", "words"],
        expires_at=timezone.now() + timedelta(days=9),
        created_by=cast.administrator,
    )
    return found[0], found[1], row.token


def a_follow_up(cast: Cast, about: int) -> int:
    """Of the stranger: what was said of the hidden record, and what came of it."""
    now = timezone.now()
    said = Response.objects.create(
        survey="nps",
        config_version=1,
        status=Response.Status.COMPLETED,
        key="said",
        record_id=about,
        person_id=about,
        values={"nps": "1", "why": HIDDEN_NOTE},
        started_at=now,
        completed_at=now,
    )
    said.answers.create(question="nps", number=1)
    said.answers.create(question="why", text=HIDDEN_NOTE)
    row = FollowUp.objects.create(
        response=said, survey="nps", rule="low", record_id=about, owner=cast.stranger
    )
    row.steps.create(what="noted", by=cast.stranger, at=now, words=HIDDEN_NOTE)
    return row.pk


def an_import(cast: Cast) -> dict[str, int]:
    """The stranger's import of a file that only they and administrators may look into."""
    access = Access.of(cast.stranger)
    content = f"name,notes\n{HIDDEN_TITLE} 2,x\n,{HIDDEN_NOTE}\n".encode()
    run = begin(access=access, name="file.csv", content=content, type_key="organisation")
    try_out(run)
    run_pending()
    mapping = SavedMapping.objects.create(
        name=HIDDEN_TITLE, type="organisation", owner=cast.stranger, mapping=run.mapping
    )
    return {"run": run.pk, "mapping": mapping.pk}


def a_sending(cast: Cast, *about: int) -> dict[str, int]:
    row = Dispatch.objects.create(
        survey="nps", name="All", status="running", created_by=cast.administrator
    )
    for pk in about:
        Invitation.objects.create(dispatch=row, survey="nps", record_id=pk, person_id=pk,
                                  key=f"k{pk}", status="skipped", why="refuses")  # fmt: skip
    link = OpenLink.objects.create(survey="nps", name="A link")
    return {"dispatch": row.pk, "link": link.pk}


def a_simulation() -> dict[str, int]:
    """Of a draft in which sales see nothing and that makes a promise; the outsider's eyes must find none of it."""
    said = {"role": "sales", "action": "view", "type": "organisation"}
    Promise.objects.create(
        key="a_promise", labels={"en": "A promise"}, kind="no_access", arguments=said
    )
    Role.objects.get(key="sales").grants.all().delete()
    simulation = start(user=None, inline=True)
    publication.discard()
    Promise.objects.create(
        key="a_promise", labels={"en": "A promise"}, kind="no_access", arguments=said
    )
    Automation.objects.create(
        key="an_automation",
        labels={"en": "An automation"},
        type="organisation",
        trigger={"kind": "created"},
        actions=[{"key": "tell", "kind": "stop"}],
    )
    MailTemplate.objects.create(key="a_template", labels={"en": "A template"}, type="organisation")
    return {"simulation": simulation.pk}


def may_know(cast: Cast, name: str) -> set[str]:
    """Of the hidden things, those that this member of the cast may know."""
    return {
        "administrator": {HIDDEN_TITLE, HIDDEN_VALUE, HIDDEN_NOTE},
        "manager": {HIDDEN_TITLE, HIDDEN_VALUE, HIDDEN_NOTE},
        "teammate": {HIDDEN_VALUE},
        "stranger": {HIDDEN_TITLE, HIDDEN_NOTE},
    }.get(name, set())


def is_administration(address: Address) -> bool:
    """The register of imports shows everybody who may import their own."""
    return address.name.startswith(ADMINISTRATION) and "imports" not in address.name


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=True)
    if user is not None:
        client.force_login(user)
    return client


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def asked_of(address: Address, world: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """With what is shown, and with what is hidden; once, where the address names neither."""
    found = [
        (address.path(arguments), arguments.get(f"{address.name}?", {}))
        for arguments in (world["samples"], world["hidden"])
    ]
    return found if found[0] != found[1] else found[:1]


@pytest.mark.parametrize("chunk", CHUNKS, ids=IDS)
def test_nothing_hidden_is_shown(chunk: list[Address], world: dict[str, Any]) -> None:
    people: dict[str, User | None] = {**world["cast"].everyone(), "anonymous": None}
    clients = {name: client_of(user) for name, user in people.items()}
    for address, (name, client) in product(chunk, clients.items()):
        secrets = {HIDDEN_TITLE, HIDDEN_VALUE, HIDDEN_NOTE} - may_know(world["cast"], name)
        for path, asked in asked_of(address, world):
            response = client.get(path, asked)
            assert response.status_code < 500 or address.name in MAY_BE_DOWN, (name, path)
            if is_administration(address) and name != "administrator":
                assert response.status_code in (302, 403, 404, 405), (name, path)
            if name == "anonymous" and path.startswith("/admin/"):
                assert response.status_code in (302, 403, 404), path
            text = body(response)
            assert not [secret for secret in secrets if secret in text], (name, path)


@pytest.mark.parametrize("chunk", CHUNKS, ids=IDS)
def test_who_has_no_rights_changes_nothing(chunk: list[Address], world: dict[str, Any]) -> None:
    def state() -> tuple[Any, ...]:
        return (
            list(Record.unscoped.order_by("pk").values_list("pk", "version", "archived_at")),
            Event.objects.count(),
            ConfigSnapshot.objects.count(),
            list(ImportRun.objects.values_list("pk", "state")),
            SavedMapping.objects.count(),
            Simulation.objects.count(),
            TypedDraft.objects.count(),
            Promise.objects.count(),
            list(BusinessCalendar.objects.values_list("key", "hours")),
            list(ServiceLevel.objects.values_list("key", "targets")),
            list(RecordType.objects.values_list("key", "retired")),
            list(Segment.objects.values_list("key", "retired")),
            list(SegmentMember.objects.order_by("pk").values_list("segment", "record", "added")),
            SegmentMove.objects.count(),
            list(Pipeline.objects.values_list("key", "retired", "stages", "transitions")),
            list(Procedure.objects.values_list("key", "retired", "must")),
            list(ApprovalProcess.objects.values_list("key", "retired", "steps")),
            Submission.objects.count(),
            list(ResultShare.objects.values_list("pk", "revoked_at")),
            Response.objects.count(),
            InboundMessage.objects.count(),
            list(BudgetRule.objects.values_list("key", "most", "days")),
            Unsubscription.objects.count(),
            list(Dispatch.objects.values_list("pk", "status")),
            Invitation.objects.count(),
            list(OpenLink.objects.values_list("pk", "closed_at")),
            Response.objects.count(),
            list(FollowUp.objects.values_list("pk", "status", "owner", "outcome")),
            list(Form.objects.values_list("key", "retired", "steps", "settings", "handling")),
            list(
                Survey.objects.values_list("key", "retired", "steps", "ends", "settings", "sending")
            ),
        )

    before = state()
    clients = [client_of(None), client_of(world["cast"].outsider)]
    for address, client in product(chunk, clients):
        path = address.path(world["samples"])
        for send in ("post", "put", "patch", "delete"):
            response = getattr(client, send)(path, {})
            assert response.status_code < 500 or address.name in MAY_BE_DOWN, (path, send)
        assert state() == before, path
