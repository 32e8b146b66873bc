"""docs/automations.md names each trigger, action and setting."""

import re
from pathlib import Path

from workflows.actions.registry import ACTIONS
from workflows.automations.section import shape
from workflows.triggers.registry import TRIGGERS

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "automations.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) \| (.*?) \|$", re.M)


def told(heading: str) -> dict[str, tuple[str, str, set[str]]]:
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return {
        key: (label, about, set(re.findall(r"`(\w+)`", names)))
        for key, label, about, names in ROW.findall(part)
    }


def test_every_trigger_and_action_is_described_with_its_arguments() -> None:
    for heading, kinds in (("Triggers", TRIGGERS), ("Actions", ACTIONS)):
        assert told(heading) == {
            k.key: (str(k.label), str(k.description), {a.name for a in k.arguments})
            for k in kinds.values()
        }


def test_every_setting_is_described() -> None:
    part = PAGE.partition("## Settings\n")[2].partition("\n## ")[0]
    plain = {"key", "type", "labels", "description", "trigger", "condition", "actions"}
    settings = shape()["items"]["properties"].keys() - plain
    assert set(re.findall(r"^\| `(\w+)` \|", part, re.M)) == settings


def test_administrators_find_the_page() -> None:
    [row] = [
        x for x in (ROOT / "README.md").read_text().splitlines() if x.startswith("| administrators")
    ]
    assert "docs/automations.md" in row
