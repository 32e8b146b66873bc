"""Documentation is held to what the code does: every setting, dependency and link."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTING = re.compile(r"(?:\benv(?:\.\w+)?|os\.environ\.get)\(\s*['\"]([A-Z_]+)['\"]")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def settings_read() -> set[str]:
    sources = [*(ROOT / "site").rglob("*.py"), ROOT / "tests" / "postgres.py"]
    found = {name for path in sources for name in SETTING.findall(path.read_text())}
    return found - {"CI"}


def requirements() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return {re.split(r"[\[<>=!~ ]", line)[0] for line in lines}


def test_every_setting_is_documented():
    rows = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operators.md").read_text(), re.M))
    assert settings_read() <= rows


def test_no_setting_is_documented_that_nothing_reads():
    rows = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operators.md").read_text(), re.M))
    assert rows <= settings_read() | {"DJANGO_SETTINGS_MODULE"}


def test_every_dependency_has_its_reason():
    rows = dict(
        re.findall(r"^\| (\S+) \| (.+) \|$", (ROOT / "docs/dependencies.md").read_text(), re.M)
    )
    assert requirements() == set(rows) - {"package"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    local = [link for link in LINK.findall(page.read_text()) if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_version_is_pinned_and_no_address_stands_beside_it():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+]+", line) for line in lines)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    assert {name.lower() for name in requirements()} <= pinned
