"""A company with a record type that has a field of every kind, records with a history, and a change that waits."""

from typing import Any

from django.utils import timezone

from crm_config import payload, publication
from crm_config.field_types import registry
from crm_config.live import live
from crm_config.models import RecordType
from crm_config.promises import checking
from crm_config.segments import segments_of
from crm_config.working_copy import types
from records import services
from records.access import Access
from records.gate import Change
from records.segments.counting import count
from records.segments.services import change_list
from records.simulation.services import start
from tests import company as small
from tests.cast import create
from tests.crm_config.segments import segment

#: Their values come from other fields and records: there is nothing to fill in.
COMPUTED = {"formula", "lookup", "rollup"}


def of_every_kind() -> dict[str, Any]:
    fields = [one_of(kind) for kind in registry.all_types() if kind not in COMPUTED]
    return small.record_type(
        "everything", *fields, title_template="{a_text}", plural={"en": "Everything"}
    )


def one_of(kind: str) -> dict[str, Any]:
    more: dict[str, Any] = {"filterable": True} if registry.get(kind).operators else {}
    if registry.get(kind).has_choices:
        more["choices"] = [small.option("red"), small.option("green", colour="green")]
    if kind == "link":
        more["options"] = {"targets": ["organisation"], "reverse_key": "all_of_it"}
    return small.field(f"a_{kind}", kind, **more)


def publish() -> None:
    company = small.small_company()
    rights = [{"type": "everything", "action": action, "scope": "all"} for action in small.ALL]
    company["roles"][0]["grants"] += rights
    company["segments"] = [
        segment("retailers", {"field": "sector", "op": "eq", "value": "retail"}, tracks=True),
        segment("guests", kind="static", description={"en": "Invited to the fair"}),
    ]
    small.publish(of_every_kind(), company=company)


def fill() -> dict[str, int]:
    """Records, one of them with a history; their ids by what they are."""
    harbour = create(
        "organisation", name="Open Harbour", sector="it", headcount=12, notes="First\nSecond"
    )
    change = Change("change", "organisation", harbour, {"headcount": 14, "sector": "retail"})
    services.execute_or_raise([change], access=Access.system(), channel="system")
    create("person", given_name="Ana", family_name="Pop", email="ana@example.com", company=harbour)
    guests = segments_of(live())["guests"]
    change_list(guests, [harbour], "add", access=Access.system(), why="Asked for it")
    for each in segments_of(live()).values():
        count(each, snapshot=live(), now=timezone.now())
    deal = create(
        "deal", name="Refit", amount="12500 EUR", close_date="2026-05-04", customer=harbour
    )
    return {"organisation": harbour, "deal": deal}


def try_it() -> int:
    """Its id: a draft in which sales see everything and support reads no margin, tried on the records."""
    promise = {
        "key": "margins",
        "labels": {"en": "Margins stay inside"},
        "kind": "no_field",
        "arguments": {
            "role": "support",
            "right": "read",
            "type": "organisation",
            "field": "margin",
        },
    }
    candidate = payload.dump()
    for raw in candidate["roles"]:
        if raw["key"] == "sales":
            raw["grants"] = [{**grant, "scope": "all"} for grant in raw["grants"]]
    payload.load({**candidate, "promises": [promise]}, replace=True)
    checking.get().look(publication.as_published(payload.dump()).snapshot, "margins")
    return start(user=None, inline=True).pk


def leave_a_change() -> None:
    types.change_type(RecordType.objects.get(key="deal"), {"labels": {"en": "Opportunity"}})
