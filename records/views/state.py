"""A list's address: what is filtered, searched, sorted and shown, so that it can be kept, sent and gone back to."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from crm_config.definitions import TypeDef
from records.access import Access
from records.selectors import Query
from records.selectors.borrowed import columns_for, parts_for, sort_for


@dataclass(frozen=True)
class ListState:
    """`where` is a condition's JSON, or the text of it that could not be read. `view` is the number of
    the saved view it began from."""

    where: Any = None
    sort: str = ""
    search: str = ""
    columns: tuple[str, ...] = ()
    archived: bool = False
    cursor: str = ""
    view: str = ""

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> ListState:
        """`segment` is short for a part of `where` that asks for it."""
        given = cls._read(params)
        segment = params.get("segment", "")
        return given.with_part({"segment": segment}) if segment else given

    @classmethod
    def _read(cls, params: Mapping[str, Any]) -> ListState:
        return cls(
            where=_loaded(params.get("where", "")),
            sort=params.get("sort", ""),
            search=params.get("q", "").strip(),
            columns=tuple(key for key in params.get("columns", "").split(",") if key),
            archived=params.get("archived") == "1",
            cursor=params.get("cursor", ""),
            view=params.get("view", ""),
        )

    @classmethod
    def saved(cls, kept: Mapping[str, Any], *, view: int) -> ListState:
        """As a saved view keeps it."""
        return cls(
            where=kept.get("where"),
            sort=kept.get("sort", ""),
            search=kept.get("q", ""),
            columns=tuple(kept.get("columns", ())),
            view=str(view),
        )

    def borrowed(self, record_type: TypeDef, access: Access) -> ListState:
        """Another's, as far as it is there for this person."""
        parts = parts_for(self.parts, record_type, access=access)
        return replace(
            self,
            where=_together(parts),
            sort=sort_for(self.sort, record_type, access=access),
            columns=columns_for(self.columns, record_type, access=access),
        )

    def to_save(self) -> dict[str, Any]:
        kept = {
            "where": self.where,
            "sort": self.sort,
            "q": self.search,
            "columns": list(self.columns),
        }
        return {key: value for key, value in kept.items() if value}

    def same_list(self, other: ListState) -> bool:
        return self.to_save() == other.to_save()

    def but(self, **changes: Any) -> ListState:
        """With something changed, from its first page."""
        return replace(self, **{"cursor": "", **changes})

    def params(self) -> dict[str, str]:
        given = {
            "view": self.view,
            "where": "" if self.where is None else _dumped(self.where),
            "q": self.search,
            "sort": self.sort,
            "columns": ",".join(self.columns),
            "archived": "1" if self.archived else "",
            "cursor": self.cursor,
        }
        found = {key: value for key, value in given.items() if value}
        # A saved view from which everything was taken away must not open as it was saved.
        return {**found, "where": ""} if set(found) == {"view"} else found

    def url(self, record_type: TypeDef, name: str = "list", **more: str) -> str:
        """The list's address, or that of another of its screens, with the state in it."""
        return self.url_of(reverse(f"records:{name}", args=[record_type.key]), **more)

    def url_of(self, place: str, **more: str) -> str:
        """An address with the state in it."""
        query = urlencode({**self.params(), **more})
        return place + (f"?{query}" if query else "")

    def query(self, record_type: TypeDef, *, usual: Sequence[str] = (), **more: Any) -> Query:
        """`usual` are the columns where none were chosen."""
        return Query(
            record_type,
            where=self.where,
            sort=self.sort,
            search=self.search,
            columns=self.columns or tuple(usual),
            archived=self.archived,
            **more,
        )

    # -- the parts of the filter: all of them have to hold

    @property
    def parts(self) -> Sequence[Any]:
        if self.where is None:
            return ()
        if isinstance(self.where, dict) and set(self.where) == {"all"}:
            inner = self.where["all"]
            return inner if isinstance(inner, list) else [self.where]
        return [self.where]

    @property
    def segments(self) -> list[str]:
        """The keys of the segments that the list is limited to."""
        parts = (p for p in self.parts if isinstance(p, dict) and set(p) == {"segment"})
        return [str(part["segment"]) for part in parts]

    def with_part(self, part: Any, *, at: int | None = None) -> ListState:
        """With one more part, or with the one at a place replaced."""
        parts = list(self.parts)
        if at is not None and 0 <= at < len(parts):
            parts[at] = part
        elif part not in parts:
            parts.append(part)
        return self.but(where=_together(parts))

    def without_part(self, at: int) -> ListState:
        return self.without({at})

    def without(self, places: Collection[int]) -> ListState:
        return self.but(where=_together([p for i, p in enumerate(self.parts) if i not in places]))


def view_url(record_type: TypeDef, view: int | str) -> str:
    """A saved view as it was saved; `all` for none."""
    return f"{reverse('records:list', args=[record_type.key])}?{urlencode({'view': view})}"


def _together(parts: list[Any]) -> Any:
    if len(parts) < 2:
        return parts[0] if parts else None
    return {"all": parts}


def _loaded(text: str) -> Any:
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


def _dumped(where: Any) -> str:
    return (
        where
        if isinstance(where, str)
        else json.dumps(where, ensure_ascii=False, separators=(",", ":"))
    )
