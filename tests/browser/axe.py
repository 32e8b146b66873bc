"""What axe-core finds that shuts people out: violations it calls serious or critical."""

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}


@dataclass(frozen=True)
class Allowed:
    """A finding in Wagtail's own frame, which is not ours to change."""

    rule: str
    selector: str
    reason: str


ALLOWED = (
    Allowed(
        "aria-input-field-name",
        ".Draftail-Editor",
        "Wagtail's rich text editor gives its text box no name, and takes none from us.",
    ),
)


def grave(page: Page, *rules: str) -> list[str]:
    """What is found on the page, by the given rules or by all; each as rule, place and what is wrong there."""
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = list(rules)
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]} – {node['failureSummary']}"
        for violation in found
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
        if not allowed(page, violation["id"], node["target"])
    ]


def allowed(page: Page, rule: str, target: list[str]) -> bool:
    place = page.locator(target[-1]).first
    return any(
        place.evaluate("(it, selector) => it.closest(selector) !== null", each.selector)
        for each in ALLOWED
        if each.rule == rule
    )
