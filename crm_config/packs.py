"""Packs: parts of a configuration as files, which are merged into the working copy and taken out of it.

A pack is a payload with a `pack` part that says what it is called and which packs it builds on. Merging
goes by key and removes nothing: objects are completed, lists of names grow.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from crm_config import diff, labels, payload, publication, traits
from crm_config.errors import ConfigError
from crm_config.merging import merge
from crm_config.payload import Payload
from crm_config.problems import ConfigurationInvalid
from crm_config.schema import check_shape

FOLDER: Path = settings.BASE_DIR / "fixtures" / "packs"


class PackUnreadable(ConfigError):
    """The file is not there, or is not a JSON object."""


class UnknownPack(ConfigError, LookupError):
    pass


@dataclass(frozen=True)
class Pack:
    """A pack whose shape is right."""

    payload: Payload

    @property
    def about(self) -> Mapping[str, Any]:
        about: Mapping[str, Any] = self.payload.get("pack", {})
        return about

    @property
    def key(self) -> str:
        return str(self.about.get("key", ""))

    @property
    def label(self) -> str:
        return labels.text(self.about.get("labels"), default=self.key)

    @property
    def requires(self) -> tuple[str, ...]:
        return tuple(self.about.get("requires", ()))

    @property
    def content(self) -> Payload:
        """The configuration it holds, with what its types' traits bring."""
        held = {name: part for name, part in self.payload.items() if name != "pack"}
        if "record_types" in held:
            held["record_types"] = [traits.complete(raw) for raw in held["record_types"]]
        return held


def shipped() -> dict[str, Path]:
    """The packs that come with the product, by key."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.json"))}


def read(source: str | Path) -> Pack:
    """A shipped pack by key, or a pack from a file. Raises `PackUnreadable`, `ConfigurationInvalid`."""
    path = shipped().get(str(source), Path(source))
    try:
        return parse(path.read_bytes())
    except OSError as error:
        raise PackUnreadable(
            _("There is no file %(path)s, and no shipped pack of this name. Shipped: %(packs)s.")
            % {"path": path, "packs": ", ".join(shipped())}
        ) from error


def parse(content: bytes) -> Pack:
    """A pack from a file's bytes. Raises `PackUnreadable`, `ConfigurationInvalid`."""
    try:
        raw = json.loads(content)
    except ValueError as error:
        raise PackUnreadable(_("This is not JSON: %(error)s.") % {"error": error}) from error
    if problems := check_shape(raw):
        raise ConfigurationInvalid(problems)
    return Pack(raw)


def with_required(pack: Pack, seen: frozenset[str] = frozenset()) -> list[Pack]:
    """The packs it builds on, first those that need no other, without itself. Raises `UnknownPack`."""
    found: dict[str, Pack] = {}
    for key in pack.requires:
        if key not in shipped():
            raise UnknownPack(
                _("The pack “%(pack)s” builds on “%(key)s”, which is not there.")
                % {"pack": pack.key, "key": key}
            )
        if key not in seen:
            required = read(key)
            for each in (*with_required(required, seen | {pack.key, key}), required):
                found.setdefault(each.key, each)
    return list(found.values())


def preview(pack: Pack, *, replace: bool = False) -> Payload:
    """What the working copy would be with the pack in it.

    What the pack says wins; the packs it builds on only add what is missing. With `replace`, the
    working copy would become the pack and those it builds on, and nothing else.
    """
    result = {"format": payload.FORMAT} if replace else payload.dump()
    for required in with_required(pack):
        result = merge(result, required.content, keep=True)
    return merge(result, pack.content)


def compare(pack: Pack, *, replace: bool = False) -> list[diff.Difference]:
    """What importing the pack would change in the working copy."""
    return list(diff.diff(payload.dump(), preview(pack, replace=replace)))


@transaction.atomic
def install(pack: Pack, *, replace: bool = False) -> list[diff.Difference]:
    """Put the pack, and those it builds on, into the working copy; what that changed.

    Raises `ConfigurationInvalid` if that would stand in the way of publishing; nothing is changed then.
    What was wrong with the working copy before is not held against the pack. A promise that would not hold
    stands in the way of publishing, not of loading: whoever reviews it changes the one or the other.
    """
    before = payload.dump()
    result = preview(pack, replace=replace)
    checked = publication.check(result, hold_promises=False)
    if problems := [p for p in checked if not p.warning]:
        known = publication.check(before, hold_promises=False)
        if fresh := [problem for problem in problems if problem not in known]:
            raise ConfigurationInvalid(fresh)
    payload.load(result, replace=True)
    return list(diff.diff(before, payload.dump()))


def export(
    source: Payload, *, about: Mapping[str, Any] | None = None, types: Iterable[str] | None = None
) -> bytes:
    """A payload as a file: whole, or some record types of it; `about` makes it a pack of its own."""
    result = dict(source)
    if types is not None:
        wanted = set(types)
        held = [raw for raw in source.get("record_types", []) if raw["key"] in wanted]
        if missing := wanted - {raw["key"] for raw in held}:
            raise UnknownPack(
                _("There is no record type %(keys)s.") % {"keys": ", ".join(sorted(missing))}
            )
        result = {"format": payload.FORMAT, "record_types": held}
    if about:
        result["pack"] = dict(about)
    return payload.to_bytes(result)
