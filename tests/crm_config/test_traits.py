"""What a type gets by taking a trait."""

import pytest
from django.conf import settings

from crm_config import traits
from crm_config.field_types import registry
from crm_config.keys import SYSTEM_KEYS, is_key
from crm_config.traits.base import Trait

LANGUAGES = {code for code, _name in settings.LANGUAGES}
ALL = list(traits.all_traits().values())


@pytest.mark.parametrize("trait", ALL, ids=lambda t: t.key)
def test_a_trait_speaks_every_language_in_fields_sections_and_choices(trait: Trait) -> None:
    named = [
        *trait.fields,
        *trait.sections,
        *(o for f in trait.fields for o in f.get("choices", [])),
    ]
    for each in named:
        assert set(each["labels"]) == LANGUAGES, each["key"]
        assert all(each["labels"].values()), each["key"]
        assert not each.get("help") or set(each["help"]) == LANGUAGES, each["key"]


@pytest.mark.parametrize("trait", ALL, ids=lambda t: t.key)
def test_a_trait_is_made_of_known_parts(trait: Trait) -> None:
    sections = {section["key"] for section in trait.sections}
    for field in trait.fields:
        field_type = registry.get(field["type"])
        assert is_key(field["key"]) and field["key"] not in SYSTEM_KEYS
        assert field["section"] in sections
        assert set(field.get("options", {})) <= {spec.key for spec in field_type.option_specs}
        assert field_type.can_sort or not field.get("sortable"), field["key"]
        assert field_type.can_search or not field.get("searchable"), field["key"]


def test_a_type_gets_the_fields_it_lacks_before_its_own() -> None:
    raw = {"key": "guest", "traits": ["person"], "fields": [{"key": "room", "type": "text"}]}
    completed = traits.complete(raw)
    keys = [field["key"] for field in completed["fields"]]
    assert keys[0] == "given_name" and keys[-1] == "room"
    assert completed["title_template"] == "{given_name} {family_name}"
    assert {s["key"] for s in completed["sections"]} == {"person", "contact"}


def test_what_a_type_says_of_a_standard_field_wins_key_by_key() -> None:
    raw = {
        "key": "visit",
        "traits": ["activity"],
        "fields": [{"key": "subject", "required": False}],
    }
    subject = next(f for f in traits.complete(raw)["fields"] if f["key"] == "subject")
    assert subject["required"] is False
    assert subject["type"] == "text" and subject["searchable"] is True


def test_a_type_that_holds_all_of_it_keeps_what_was_taken_away() -> None:
    whole = traits.complete({"key": "guest", "traits": ["person"]})
    whole["sections"] = []
    whole["fields"] = [{**field, "searchable": False} for field in whole["fields"]]
    assert traits.complete(whole) == whole


def test_two_traits_with_a_field_of_one_key_share_it() -> None:
    completed = traits.complete({"key": "shop", "traits": ["organisation", "person"]})
    keys = [field["key"] for field in completed["fields"]]
    assert keys.count("email") == 1
