"""Forms for tests, on the small company: short to say, and all that a case does not name left out."""

from typing import Any

from crm_config.live import live
from crm_config.models import ConfigSnapshot
from forms_builder.definitions import FormDef, forms_of
from tests import company as small


def item(key: str, kind: str = "field", **more: Any) -> dict[str, Any]:
    options = dict(more.pop("options", {}))
    if kind == "field":
        options.setdefault("field", key)
    return {"key": key, "kind": kind, "options": options, **more}


def step(key: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "sections": [{"key": "main", "items": list(items)}], **more}


def form(key: str = "contact", *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """On persons, one step, unless said otherwise."""
    steps = more.pop("steps", None) or [step("one", *items)]
    settings = {"min_seconds": 0, **more.pop("settings", {})}
    return {
        "key": key,
        "type": "person",
        "labels": {"en": key.capitalize()},
        "steps": steps,
        "settings": settings,
        **more,
    }


def contact(*more: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Name and address of a person, found again by the address."""
    handling = said.pop("handling", {"match": ["email"]})
    return form(
        said.pop("key", "contact"),
        item("family_name", required=True, labels={"en": "Name"}),
        item("email", required=True, prefill="email"),
        *more,
        handling=handling,
        **said,
    )


def publish(
    *forms: dict[str, Any], types: tuple[dict[str, Any], ...] = (), **more: Any
) -> ConfigSnapshot:
    company = {**small.small_company(), "forms": list(forms), **more}
    return small.publish(*types, company=company)


def published(key: str = "contact") -> FormDef:
    return forms_of(live())[key]
