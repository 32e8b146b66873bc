"""The shipped packs, and what importing, merging and exporting do."""

from itertools import combinations
from typing import Any

import pytest
from django.conf import settings

from crm_config import menu_groups, packs, payload, publication
from crm_config.colours import COLOURS
from crm_config.conditions.api import parse
from crm_config.conditions.contexts import computing
from crm_config.definitions import Snapshot
from crm_config.dependencies import direct_dependencies
from crm_config.icons import ICONS
from crm_config.live import live
from crm_config.merging import merge
from crm_config.models import Field, RecordType, Role
from crm_config.problems import ConfigurationInvalid
from crm_config.segments import segments_of
from tests import company

LANGUAGES = {code for code, _name in settings.LANGUAGES}
SHIPPED = list(packs.shipped())
BESIDE_CORE = [key for key in SHIPPED if key != "core"]


TEXTS = ("labels", "plural", "description", "help", "placeholder", "reverse_labels")
TEXTS_OF_FORMS = ("intro", "submit", "done", "closed", "subject", "body", "text", "message")


def install(*keys: str) -> None:
    for key in keys:
        packs.install(packs.read(key))


def published(*keys: str) -> Snapshot:
    install(*keys)
    publication.publish(user=None)
    return live()


def texts(part: Any) -> list[dict[str, str]]:
    """Every map of texts in a pack; what an automation writes into fields of such names is none."""
    found: list[dict[str, str]] = []
    if isinstance(part, dict):
        for name, value in part.items():
            if isinstance(value, dict) and (
                name in TEXTS or (name in TEXTS_OF_FORMS and "en" in value)
            ):
                found.append(value)
            elif name != "values":
                found.extend(texts(value))
    elif isinstance(part, list):
        for value in part:
            found.extend(texts(value))
    return found


def test_four_packs_are_shipped() -> None:
    assert set(SHIPPED) == {"core", "sales", "service", "marketing"}


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_pack_speaks_every_language(key: str) -> None:
    pack = packs.read(key)
    assert pack.key == key
    for labels in texts(pack.payload):
        assert set(labels) == LANGUAGES and all(labels.values()), labels


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_pack_is_in_the_file_form(key: str) -> None:
    assert packs.shipped()[key].read_bytes() == payload.to_bytes(packs.read(key).payload)


@pytest.mark.parametrize("key", SHIPPED)
def test_icons_colours_and_menu_groups_are_known(key: str) -> None:
    for raw in packs.read(key).payload["record_types"]:
        if "icon" in raw:
            assert raw["icon"] in ICONS and raw["colour"] in COLOURS, raw["key"]
            assert raw["menu_group"] in menu_groups.SHIPPED, raw["key"]
        for field in raw["fields"]:
            for option in field.get("choices", []):
                assert option.get("colour", "grey") in COLOURS, option


@pytest.mark.django_db
@pytest.mark.parametrize("key", SHIPPED)
def test_a_pack_alone_brings_what_it_builds_on_and_can_be_published(key: str) -> None:
    snapshot = published(key)
    assert {"organisation", "person"} <= set(snapshot.types)
    assert snapshot.roles["administrator"].administers


@pytest.mark.django_db
@pytest.mark.parametrize("pair", list(combinations(BESIDE_CORE, 2)), ids="+".join)
def test_any_two_packs_give_the_same_whichever_comes_first(pair: tuple[str, str]) -> None:
    """But for the order in which fields and choices stand."""
    install(*pair)
    first = _by_key(payload.dump())
    payload.load(publication.EMPTY, replace=True)
    install(*reversed(pair))
    assert _by_key(payload.dump()) == first


def _by_key(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _by_key(value) for name, value in part.items()}
    if isinstance(part, list):
        return sorted((_by_key(each) for each in part), key=repr)
    return part


@pytest.mark.django_db
def test_importing_again_changes_nothing() -> None:
    install(*SHIPPED)
    before = payload.dump()
    assert [packs.install(packs.read(key)) for key in SHIPPED] == [[], [], [], []]
    assert payload.dump() == before


@pytest.mark.django_db
def test_every_rollup_and_lookup_finds_what_it_reads() -> None:
    snapshot = published(*SHIPPED)
    computed = [
        f for t in snapshot.types.values() for f in t.active if f.type.key in ("rollup", "lookup")
    ]
    assert len(computed) > 20
    for field in computed:
        assert direct_dependencies(field, snapshot.types), field
        linked = {key for key, _field in direct_dependencies(field, snapshot.types)}
        for key in linked if field.options.get("where") else ():
            parse(field.options["where"], computing(snapshot, snapshot.types[key]))


@pytest.mark.django_db
def test_sales_staff_see_no_purchase_prices_and_no_margin() -> None:
    roles = published("sales").roles
    assert roles["sales"].fields["product", "cost"] == "hidden"
    assert ("product", "cost") in live().types["product"].fields["margin"].depends_on


@pytest.mark.django_db
def test_roles_of_a_pack_let_their_people_into_the_admin() -> None:
    install("core")
    for role in Role.objects.all():
        assert role.group.permissions.filter(codename="access_admin").exists(), role.key


@pytest.mark.django_db
def test_a_used_system_keeps_what_it_had() -> None:
    company.publish()
    install("sales")
    organisation = RecordType.objects.get(key="organisation")
    fields = set(organisation.fields.values_list("key", flat=True))
    assert {"code", "margin", "notes"} <= fields, "its own"
    assert {"relations", "open_value", "tax_number"} <= fields, "the packs'"
    assert RecordType.objects.filter(key="deal").exists()
    assert publication.publish(user=None).version == 2


@pytest.mark.django_db
def test_packs_built_on_only_add_what_is_missing() -> None:
    install("core")
    field = Field.objects.get(record_type__key="organisation", key="sector")
    field.labels = {"en": "Branch"}
    field.save()
    install("sales")
    field.refresh_from_db()
    assert field.labels["en"] == "Branch"
    assert field.labels["ro"] == "Domeniu de activitate"
    install("core")
    field.refresh_from_db()
    assert field.labels["en"] == "Sector"


@pytest.mark.django_db
def test_links_of_the_core_reach_what_other_packs_bring() -> None:
    install("sales", "service")
    install("core")
    about = Field.objects.get(record_type__key="call", key="about")
    assert {"organisation", "person", "opportunity", "request"} <= set(about.options["targets"])


@pytest.mark.django_db
def test_a_pack_that_could_not_be_published_changes_nothing() -> None:
    install("core")
    before = payload.dump()
    raw = company.record_type("stand", company.field("at", "link", options={"targets": ["fair"]}))
    with pytest.raises(ConfigurationInvalid) as refused:
        packs.install(packs.Pack({"format": 1, "record_types": [raw]}))
    assert refused.value.problems[0].path == ("record_types", "stand", "fields", "at")
    assert payload.dump() == before


@pytest.mark.django_db
def test_what_was_wrong_before_is_not_held_against_a_pack() -> None:
    install("core")
    RecordType.objects.filter(key="note").update(columns=["nowhere"])
    install("sales")
    assert RecordType.objects.filter(key="opportunity").exists()


def test_a_file_that_is_no_pack_is_refused_with_the_place() -> None:
    with pytest.raises(packs.PackUnreadable):
        packs.parse(b"{")
    with pytest.raises(packs.PackUnreadable):
        packs.read("nowhere.json")
    with pytest.raises(ConfigurationInvalid) as refused:
        packs.parse(b'{"format": 1, "record_types": [{"key": "deal", "colour": 3}]}')
    assert refused.value.problems[0].path == ("record_types", "deal", "colour")


@pytest.mark.parametrize("char", ["\\u0000", "\\ud83d"])
def test_a_text_that_no_database_keeps_is_refused_with_the_place(char: str) -> None:
    labels = f'{{"en": "A{char}"}}'
    content = f'{{"format": 1, "roles": [{{"key": "a", "labels": {labels}}}]}}'
    with pytest.raises(ConfigurationInvalid) as refused:
        packs.parse(content.encode())
    assert [p.path for p in refused.value.problems] == [("roles", "a", "labels", "en")]


def test_a_pack_that_builds_on_an_unknown_one_is_refused() -> None:
    pack = packs.Pack({"format": 1, "pack": {"key": "mine", "requires": ["theirs"]}})
    with pytest.raises(packs.UnknownPack, match="theirs"):
        packs.with_required(pack)


@pytest.mark.django_db
def test_exporting_some_types_makes_a_pack_of_them() -> None:
    install("core")
    content = packs.export(payload.dump(), about={"key": "notes"}, types=["note"])
    pack = packs.parse(content)
    assert pack.key == "notes"
    assert [raw["key"] for raw in pack.payload["record_types"]] == ["note"]
    with pytest.raises(packs.UnknownPack, match="nothing"):
        packs.export(payload.dump(), types=["nothing"])


def test_merging_takes_the_additions_word_or_keeps_the_bases() -> None:
    base = {"labels": {"en": "A", "ro": "B"}, "columns": ["x"], "sort": ["x"], "default": {"a": 1}}
    addition = {"labels": {"en": "C"}, "columns": ["y", "x"], "sort": ["y"], "default": {"b": 2}}
    assert merge(base, addition) == {
        "labels": {"en": "C", "ro": "B"},
        "columns": ["x", "y"],
        "sort": ["y"],
        "default": {"b": 2},
    }
    kept = merge(base, addition, keep=True)
    assert kept["labels"]["en"] == "A" and kept["sort"] == ["x"] and kept["columns"] == ["x", "y"]


@pytest.mark.django_db
def test_the_packs_bring_segments_that_can_be_used() -> None:
    found = segments_of(published(*SHIPPED))
    assert {s.kind for s in found.values()} == {"dynamic", "static", "combined"}
    assert {s.record_type.key for s in found.values()} >= {"organisation", "person", "opportunity"}
    assert all(s.in_use and s.about for s in found.values())
    assert found["newsletter"].uses == {"reachable_by_email"}
