"""The page about forms names what there is."""

from pathlib import Path

import pytest

from forms_builder.definitions import WHEN_HIDDEN, WIDTHS
from forms_builder.inbound.definitions import PROOFS
from forms_builder.inbound.section import SHAPE
from forms_builder.items.base import OF_FORMS
from forms_builder.items.registry import ITEMS, of_channel
from forms_builder.schema import HANDLING, ITEM, SETTINGS

INBOUND = SHAPE["items"]
PAGE = (Path(__file__).parents[2] / "docs" / "forms.md").read_text()


@pytest.mark.parametrize("kind", of_channel(*OF_FORMS))
def test_every_kind_of_item_is_told(kind: str) -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{kind}` |")]
    assert all(
        f"`{spec.key}`" in row or f"`{spec.key}`" in PAGE for spec in ITEMS[kind].option_specs
    )


@pytest.mark.parametrize(
    "name", [*(k for k in ITEM["properties"] if k not in ("kind", "options")), *WIDTHS, *WHEN_HIDDEN]
)  # fmt: skip
def test_every_property_of_an_item_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", SETTINGS["properties"])
def test_every_setting_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", HANDLING["properties"])
def test_every_part_of_the_handling_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize(
    "name", [n for n in INBOUND["properties"] if n not in ("key", "labels", "retired")]
)
def test_every_property_of_a_hook_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("proof", PROOFS)
def test_every_proof_of_a_hook_is_told(proof: str) -> None:
    assert f"`{proof}`:" in PAGE
