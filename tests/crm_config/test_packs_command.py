"""`manage.py pack`: what it prints, and how it leaves."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from crm_config import packs, payload
from crm_config.models import Company, ConfigSnapshot, RecordType, User

pytestmark = pytest.mark.django_db


def pack(*args: Any) -> str:
    out = StringIO()
    call_command("pack", *map(str, args), stdout=out)
    return out.getvalue()


def test_the_shipped_packs_are_listed_with_what_they_build_on() -> None:
    assert "sales       Sales  (+ core)" in pack("list")


def test_import_publish_versions() -> None:
    User.objects.create_user("ana")
    assert "+ record_types › organisation" in pack("import", "core")
    assert "version 1" in pack("publish", "--user", "ana", "--reason", "first")
    assert "first" in pack("versions")
    [row] = json.loads(pack("versions", "--json"))
    assert (row["version"], row["author"], row["reason"]) == (1, "ana", "first")
    assert "nothing to publish" in pack("publish")


def test_import_can_publish_at_once() -> None:
    assert "Published as version 1." in pack("import", "core", "--publish")


def test_a_dry_run_shows_and_changes_nothing() -> None:
    assert "+ record_types › organisation" in pack("import", "core", "--dry-run")
    assert not RecordType.objects.exists()


def test_diff_of_working_copy_versions_and_packs() -> None:
    pack("import", "core", "--publish")
    assert "Nothing differs." in pack("diff")
    assert "+ record_types › campaign" in pack("diff", "marketing")
    RecordType.objects.filter(key="note").update(icon="tag")
    assert '~ record_types › note › icon: "journal-text" → "tag"' in pack("diff")
    [one] = json.loads(pack("diff", "--json"))
    assert one["path"] == ["record_types", "note", "icon"]
    pack("publish")
    assert '"journal-text" → "tag"' in pack("diff", "1")
    assert '"tag" → "journal-text"' in pack("diff", "2", "1")


def test_check_prints_problems_under_their_place_and_fails() -> None:
    pack("import", "core")
    assert "Nothing stands in the way." in pack("check")
    RecordType.objects.filter(key="note").update(columns=["nowhere"])
    out = StringIO()
    with pytest.raises(CommandError, match="1"):
        call_command("pack", "check", stdout=out)
    assert (
        "record_types › note › columns\n    There is no field “nowhere” in use." in out.getvalue()
    )
    with pytest.raises(CommandError, match="nowhere"):
        pack("publish")


def test_rollback_brings_an_older_version_back() -> None:
    pack("import", "core", "--publish")
    RecordType.objects.filter(key="note").update(icon="tag")
    pack("publish")
    assert "as version 3" in pack("rollback", "1")
    assert RecordType.objects.get(key="note").icon == "journal-text"
    with pytest.raises(CommandError, match="no version 9"):
        pack("rollback", "9")


def test_export_to_a_file_and_back_is_the_same(tmp_path: Path) -> None:
    pack("import", "sales", "--publish")
    file = tmp_path / "all.json"
    pack("export", file)
    payload.load({"format": 1}, replace=True)
    pack("import", file, "--replace")
    assert pack("export").encode() == file.read_bytes()
    assert pack("export", "--version", "1").encode() == file.read_bytes()


def test_export_of_some_types_is_a_pack(tmp_path: Path) -> None:
    pack("import", "core")
    file = tmp_path / "mine.json"
    pack("export", file, "--type", "note", "--key", "mine", "--requires", "core")
    mine = packs.read(file)
    assert (mine.key, mine.requires) == ("mine", ("core",))


def test_two_persons_must_be_two() -> None:
    pack("import", "core")
    Company.objects.update_or_create(pk=1, defaults={"two_person": True})
    pack("publish")
    RecordType.objects.filter(key="note").update(icon="tag")
    for name in ("ana", "dan"):
        User.objects.create_user(name)
    with pytest.raises(CommandError, match="second person"):
        pack("publish", "--user", "ana")
    with pytest.raises(CommandError, match="Somebody else"):
        pack("publish", "--user", "ana", "--approved-by", "ana")
    pack("publish", "--user", "ana", "--approved-by", "dan")
    assert ConfigSnapshot.objects.get(version=2).approved_by == User.objects.get(username="dan")


def test_an_unknown_pack_or_user_is_named() -> None:
    with pytest.raises(CommandError, match="Shipped: core"):
        pack("import", "nothing")
    with pytest.raises(CommandError, match="no user “nobody”"):
        pack("publish", "--user", "nobody")


def test_the_schema_is_printed() -> None:
    assert json.loads(pack("schema"))["title"] == "Relata pack"
