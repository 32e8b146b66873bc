"""Whom a step asks, as the studio's form says it: `role:manager`, `team_lead_of:owner`, `field:inspector`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crm_config.definitions import Snapshot, TypeDef
from workflows.approvals.definitions import LEADS
from workflows.approvals.words import approver

Who = Mapping[str, Any]


def token(who: Who) -> str:
    kind, key = next(iter(who.items()))
    return f"{kind}:{key}"


def who_of(text: str) -> dict[str, str]:
    kind, _colon, key = text.partition(":")
    return {kind: key}


def choices(
    record_type: TypeDef, snapshot: Snapshot, *, named: Iterable[Who] = ()
) -> list[tuple[str, str]]:
    """Roles, team leads and fields that hold a person; and what is `named` already, so that opening a form and
    saving it loses nothing."""
    offered = {token(who): who for who in (*_offered(record_type, snapshot), *named)}
    return [(text, approver(who, snapshot, record_type.key)) for text, who in offered.items()]


def _offered(record_type: TypeDef, snapshot: Snapshot) -> Iterator[Who]:
    yield from ({"role": key} for key in snapshot.roles)
    yield from ({"team_lead_of": key} for key in LEADS)
    yield from ({"field": f.key} for f in record_type.active if f.type.key == "user")
