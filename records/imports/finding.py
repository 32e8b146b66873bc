"""Finding what a file's texts name: records that links point at, among those that the person sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from crm_config.definitions import TypeDef
from crm_config.field_types.base import CoerceContext, ValueRefused
from records.access import Access
from records.imports.fitting import findable
from records.imports.keys import Key, rows_with
from records.selectors.lists import Query, visible

Ids = tuple[int, ...]


class Finder(Protocol):
    """Texts are looked up together by `prepare`, then asked for one by one."""

    def prepare(self, texts: Collection[Any]) -> None: ...

    def find(self, text: Any) -> Ids: ...


class RecordFinder:
    """Remembers what it found for the whole run, and what it did not find until `forget`."""

    def __init__(
        self, types: Sequence[TypeDef], by: Sequence[str], access: Access, context: CoerceContext
    ) -> None:
        self.types = types
        self.by = tuple(by) or ("title",)
        self.access = access
        self.context = context
        self._found: dict[Any, Ids] = {}

    def prepare(self, texts: Collection[Any]) -> None:
        unknown = {text for text in texts if not self._found.get(text)}
        for key in self.by:
            unknown -= {text for text in unknown if self._found.get(text)}
            for record_type in self.types:
                if findable(key, record_type, self.access):
                    self._look_up(Key(record_type, key), unknown)

    def find(self, text: Any) -> Ids:
        return self._found.get(text, ())

    def learn(self, text: Any, record_id: int) -> None:
        """A record was made for this text."""
        self._found[text] = (record_id,)

    def _look_up(self, key: Key, texts: Iterable[Any]) -> None:
        wanted: dict[Any, list[Any]] = defaultdict(list)
        for text in texts:
            try:
                comparable = key.comparable(text, self.context)
            except ValueRefused:
                continue
            if comparable is not None:
                wanted[comparable].append(text)
        rows = visible(Query(key.record_type), access=self.access)
        for pk, _archived, (comparable,) in rows_with(rows, [key], wanted.keys()):
            for text in wanted.get(comparable, ()):
                self._found[text] = tuple(sorted({*self._found.get(text, ()), pk}))
