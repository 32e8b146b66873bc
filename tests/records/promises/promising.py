"""Promises written into the working copy, and what stands in the way of publishing it."""

from typing import Any

from crm_config import payload, publication
from crm_config.live import live
from crm_config.promises.checking import Example
from crm_config.promises.definition import PromiseDef
from records.promises.check import verdict
from records.promises.world import World
from tests import company as small


def promise(kind: str, key: str = "a_promise", **arguments: Any) -> dict[str, Any]:
    return {"key": key, "labels": {"en": "A promise"}, "kind": kind, "arguments": arguments}


def written(*promises: dict[str, Any]) -> None:
    """The working copy promises these, and nothing else."""
    payload.load({**payload.dump(), "promises": list(promises)}, replace=True)


def example(raw: dict[str, Any]) -> Example | None:
    """The counter-example on what is published."""
    return verdict(PromiseDef.of(raw), World(live())).example


def problems(*promises: dict[str, Any]) -> list[str]:
    """What publishing says with these in the working copy."""
    written(*promises)
    return [problem.message for problem in publication.check(payload.dump())]


def regrant(role: str, **scopes: str) -> None:
    """Give a role other scopes in the working copy, for organisations: `regrant("sales", view="all")`."""
    candidate = payload.dump()
    for raw in candidate["roles"]:
        if raw["key"] == role:
            kept = [
                g for g in raw["grants"] if g["type"] != "organisation" or g["action"] not in scopes
            ]
            added = [
                {"type": "organisation", "action": action, "scope": scope}
                for action, scope in scopes.items()
                if scope != "none"
            ]
            raw["grants"] = [*kept, *added]
    payload.load(candidate, replace=True)


IT = {"field": "sector", "op": "eq", "value": "it"}
UNOWNED = {"field": "owner", "op": "is_empty"}
MINE = {"field": "owner", "op": "eq", "value": {"dynamic": "me"}}
__all__ = ["IT", "MINE", "UNOWNED", "example", "problems", "promise", "regrant", "small", "written"]
