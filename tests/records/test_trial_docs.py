"""The pages about simulation and promises say what the code does."""

import re
from pathlib import Path

from crm_config.promises.kinds.registry import KINDS
from records.simulation.registry import figures

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", re.M)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def test_every_kind_of_promise_is_described_with_its_example() -> None:
    kinds = page("promises.md").partition("## The kinds")[2].partition("## In packs")[0]
    rows = {key: says for key, says, _checked in ROW.findall(kinds)}
    assert rows == {kind.key: str(kind.example) for kind in KINDS.values()}


def test_every_argument_is_described_with_its_kinds() -> None:
    rows = ROW.findall(page("promises.md").partition("## In packs")[2])
    told = {name: set(re.findall(r"`(\w+)`", kinds)) or {"all"} for name, kinds, _is in rows}
    names = {name for kind in KINDS.values() for name in kind.arguments}
    taken = {n: {k.key for k in KINDS.values() if n in k.arguments} for n in names}
    assert told == {n: {"all"} if kinds == set(KINDS) else kinds for n, kinds in taken.items()}


def test_every_figure_is_described() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", page("simulation.md"), re.M)
    assert set(rows) == {figure.key for figure in figures()}


def test_administrators_find_both_pages() -> None:
    table = (ROOT / "README.md").read_text()
    [row] = [line for line in table.splitlines() if line.startswith("| administrators")]
    assert "docs/simulation.md" in row and "docs/promises.md" in row
