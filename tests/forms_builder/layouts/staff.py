"""Forms for staff on the small company, with lines of deals for rows."""

from typing import Any

from tests import company as small
from tests.forms_builder.forms import form, item, publish

LINE = small.record_type(
    "line",
    small.field("text", required=True),
    small.field("pieces", "integer"),
    small.field("secret", "integer"),
    small.field(
        "deal",
        "link",
        options={"targets": ["deal"], "reverse_key": "lines", "on_delete": "archive"},
    ),
    title_template="{text}",
)


def staff(*items: dict[str, Any], key: str = "moment", **more: Any) -> dict[str, Any]:
    """On deals, for new ones and for changing them, unless said otherwise."""
    settings = {"used_for": ["create", "edit"], **more.pop("settings", {})}
    found = form(key, *items, **{"type": "deal", "channel": "staff", **more})
    return {**found, "settings": settings}


def laid_out(*forms: dict[str, Any], **more: Any) -> None:
    """Published with a type for rows, of which sales may not see one field."""
    company = small.small_company()
    roles = more.pop("roles", company["roles"])
    for role in roles:
        actions = {g["action"]: g["scope"] for g in role["grants"]}
        role["grants"] += [{"type": "line", "action": a, "scope": s} for a, s in actions.items()]
        if role["key"] == "sales":
            role["fields"] += [{"type": "line", "field": "secret", "access": "hidden"}]
    publish(*forms, types=(more.pop("line", LINE),), roles=roles, **more)


__all__ = ["LINE", "item", "laid_out", "staff"]
