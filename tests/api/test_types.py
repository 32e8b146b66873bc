"""Record types as programs learn them, and the JSON Schema that answers keep to."""

import random
from typing import Any

import jsonschema
import pytest

from crm_config.field_types import registry
from crm_config.live import live
from tests import company as small
from tests.api.conftest import program_of
from tests.cast import Cast, create
from tests.company import field, option, record_type

pytestmark = pytest.mark.django_db


def test_types_are_those_that_one_may_see(cast: Cast) -> None:
    types = program_of(cast.owner).get("types").body["types"]
    assert [t["key"] for t in types] == ["deal", "organisation", "person"]
    assert types[0]["plural"] == "Deals" and types[0]["url"] == "/api/v1/types/deal"
    assert "create" in types[0]["may"]
    assert program_of(cast.outsider).get("types").body["types"] == []
    assert program_of(cast.outsider).get("types/deal").status == 404


def test_a_type_tells_its_fields(cast: Cast) -> None:
    body = program_of(cast.owner).get("types/organisation").body
    fields = {f["key"]: f for f in body["fields"]}
    sector = fields["sector"]
    assert [o["key"] for o in sector["options"]] == ["it", "retail", "old"]
    assert sector["options"][2]["retired"] and "in" in sector["operators"]
    assert fields["name"]["required"] and fields["name"]["writable"]
    assert fields["created_at"]["system"] and not fields["created_at"]["writable"]
    assert body["columns"] == ["title", "sector", "headcount", "owner"]
    assert {(r["key"], r["type"]) for r in body["relations"]} == {
        ("people", "person"),
        ("deals", "deal"),
    }
    person = program_of(cast.owner).get("types/person").body
    assert {f["key"]: f["targets"] for f in person["fields"]}["company"] == ["organisation"]


def test_names_are_in_the_language_that_is_asked_for(cast: Cast) -> None:
    person = small.person()
    person["labels"] = {"en": "Person", "el": "Πρόσωπο"}
    small.publish(person)
    program = program_of(cast.owner)
    greek = program.send("GET", "types/person", headers={"Accept-Language": "el"})
    assert greek.body["label"] == "Πρόσωπο"
    assert program.get("types/person").body["label"] == "Person"


@pytest.mark.parametrize("purpose", ["read", "create", "change"])
def test_schemas_are_schemas(cast: Cast, purpose: str) -> None:
    for key in ("organisation", "person", "deal"):
        schema = program_of(cast.owner).get(f"types/{key}/schema", purpose=purpose).body
        jsonschema.Draft202012Validator.check_schema(schema)


def test_purposes_differ(cast: Cast) -> None:
    person = small.person()
    person["fields"][2]["readonly_after_creation"] = True
    small.publish(person)
    program = program_of(cast.owner)
    read, create_, change = (
        program.get("types/person/schema", purpose=p).body for p in ("read", "create", "change")
    )
    assert "created_at" in read["required"] and "created_at" not in create_["properties"]
    assert create_["required"] == ["family_name"] and change["required"] == []
    assert "email" in create_["properties"] and "email" not in change["properties"]


def every_kind() -> dict[str, Any]:
    """A type with a field of each kind that people fill in, save files."""
    kinds = [t for t in registry.all_types().values() if not t.computed and t.group != "file"]
    more = {
        "choice": {"choices": [option("a"), option("b")]},
        "multi_choice": {"choices": [option("a"), option("b")]},
        "link": {"options": {"targets": ["organisation"], "multiple": True}},
    }
    return record_type("thing", *(field(f"f_{t.key}", t.key, **more.get(t.key, {})) for t in kinds))


def test_what_comes_back_is_as_the_schema_says(cast: Cast) -> None:
    company = small.small_company()
    for role in company["roles"]:
        role["grants"].extend(small.role("x", "all", "thing")["grants"])
    small.publish(every_kind(), company=company)
    thing = live().types["thing"]
    target = create("organisation", cast.owner, name="A")
    known = {"user": cast.owner.pk, "team": cast.north.pk, "link": (target,)}
    program = program_of(cast.administrator)
    schema = program.get("types/thing/schema").body
    sending = program.get("types/thing/schema", purpose="create").body
    rng = random.Random(7)
    for _ in range(5):
        fields = {}
        for f in thing.active:
            if f.editable and f.type.key != "auto_number":
                value = known.get(f.type.key) or f.type.random_value(f, rng)
                fields[f.key] = f.type.to_json(f, value)
        jsonschema.validate(fields, sending)
        created = program.post("records/thing", {"fields": fields})
        assert created.status == 201, created.body
        jsonschema.validate(created.body["fields"], schema)
        assert not [k for k in fields if created.body["fields"][k] is None]
    jsonschema.validate(program.post("records/thing", {"fields": {}}).body["fields"], schema)
