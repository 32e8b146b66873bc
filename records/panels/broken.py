"""What of the published configuration cannot be read any more, as an update of the software may leave it: it fails
closed meanwhile, and administrators are told at home. Apps above add what they know of in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from records.computed import rollups


@dataclass(frozen=True)
class Broken:
    """`words` say what cannot be read and what comes of it; `url` is where it is mended."""

    words: str
    url: str


def _of_rollups(snapshot: Snapshot) -> Iterable[Broken]:
    for f in rollups.broken(snapshot):
        named = {"field": f.label, "type": snapshot.types[f.record_type].plural_label}
        yield Broken(
            _("%(field)s of %(type)s: its condition cannot be read, and it stays empty") % named,
            reverse("studio:field", args=[f.record_type, f.key]),
        )


Tell = Callable[[Snapshot], Iterable[Broken]]
_tellers: dict[str, Tell] = {"rollups": _of_rollups}


def register(name: str, tell: Tell) -> None:
    if name in _tellers:
        raise RuntimeError(f"What is broken of {name!r} is told already.")
    _tellers[name] = tell


def told(snapshot: Snapshot) -> list[Broken]:
    return [found for tell in _tellers.values() for found in tell(snapshot)]
