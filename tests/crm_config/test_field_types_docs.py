"""Every field type and option is described in docs/field-types.md."""

import re
from pathlib import Path

import pytest

from crm_config.field_types import registry

DOCUMENT = Path(__file__).parents[2] / "docs" / "field-types.md"


def sections() -> dict[str, str]:
    """The text under each heading that ends in a type's key."""
    parts = re.split(r"^#{2,3} (.+)$", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = zip(parts[1::2], parts[2::2], strict=True)
    return {key[1]: text for title, text in named if (key := re.search(r"\(`(\w+)`\)", title))}


@pytest.mark.parametrize("type_key", list(registry.MODULES))
def test_a_type_has_its_section_with_each_option(type_key: str) -> None:
    text = sections()[type_key]
    for spec in registry.get(type_key).option_specs:
        assert f"`{spec.key}`" in text, spec.key
        for choice, _label in spec.choices:
            assert f"`{choice}`" in text, choice


@pytest.mark.parametrize("type_key", list(registry.MODULES))
def test_a_type_names_its_dynamic_defaults(type_key: str) -> None:
    for name, _label in registry.get(type_key).dynamic_defaults():
        assert f"`{name}`" in sections()[type_key]


def test_nothing_is_described_that_is_not_there() -> None:
    assert sections().keys() == set(registry.MODULES)
    for key, text in sections().items():
        options = {spec.key for spec in registry.get(key).option_specs}
        described = re.findall(r"^\| (`.+?) \|", text, flags=re.MULTILINE)
        named = {name for cell in described for name in re.findall(r"`(\w+)`", cell)}
        assert named == options, key
        assert ("It has no options." in text) == (not options), key
