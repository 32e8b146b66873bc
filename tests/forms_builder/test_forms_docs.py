"""The page about forms names what there is."""

from pathlib import Path

import pytest

from forms_builder.definitions import WHEN_HIDDEN, WIDTHS
from forms_builder.items.registry import ITEMS
from forms_builder.schema import ITEM

PAGE = (Path(__file__).parents[2] / "docs" / "forms.md").read_text()


@pytest.mark.parametrize("kind", ITEMS)
def test_every_kind_of_item_is_told(kind: str) -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{kind}` |")]
    assert all(
        f"`{spec.key}`" in row or f"`{spec.key}`" in PAGE for spec in ITEMS[kind].option_specs
    )


@pytest.mark.parametrize(
    "name", [*(k for k in ITEM["properties"] if k not in ("kind", "options", "capacity")), *WIDTHS, *WHEN_HIDDEN]
)  # fmt: skip
def test_every_property_of_an_item_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE
