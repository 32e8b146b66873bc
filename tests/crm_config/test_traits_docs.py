"""docs/traits.md and docs/packs.md name what there is."""

import pytest
from django.conf import settings

from crm_config import packs, traits
from crm_config.management.commands.pack import ACTIONS
from crm_config.traits.base import Trait

DOCS = settings.BASE_DIR / "docs"


@pytest.mark.parametrize("trait", traits.all_traits().values(), ids=lambda t: t.key)
def test_a_trait_is_described_with_each_of_its_fields(trait: Trait) -> None:
    text = (DOCS / "traits.md").read_text()
    section = text.partition(f"(`{trait.key}`)")[2].partition("\n## ")[0]
    for key in trait.field_keys:
        assert f"| `{key}` |" in section, key


def test_every_action_and_shipped_pack_is_described() -> None:
    text = (DOCS / "packs.md").read_text()
    for action in ACTIONS:
        assert f"manage.py pack {action}" in text, action
    for key in packs.shipped():
        assert f"| `{key}` |" in text, key
