"""Finding users and teams by what files call them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.coreutils import cautious_slugify

from crm_config.field_types.support.texts import folded
from crm_config.models import Team, User
from records.imports.mapping import ID
from records.imports.outcomes import Unreadable

Ids = tuple[int, ...]

#: By field type: what they can be found by. `id` is what exports hold, and is asked for by name alone;
#: otherwise the others are tried in this order.
PEOPLE: Mapping[str, Sequence[str]] = {
    "user": ("username", "email", "name", ID),
    "team": ("name", ID),
}
_WORDS = re.compile(r"\s+")


class UserFinder:
    """All users at once: a company has few, and files name the same ones again and again."""

    def __init__(self, by: Sequence[str]) -> None:
        self.by = tuple(by) or PEOPLE["user"][:-1]
        self._known: dict[str, dict[str, set[int]]] = {}
        self._active: set[int] = set()

    def prepare(self, texts: Collection[Any]) -> None:
        if not self._known:
            self._known = {way: defaultdict(set) for way in PEOPLE["user"]}
            for user in User.objects.all():
                self._note(user)

    def _note(self, user: User) -> None:
        given, family = user.first_name, user.last_name
        for way, texts in {
            "username": [user.username],
            "email": [user.email],
            "name": [f"{given}{family}", f"{family}{given}", f"{family},{given}"],
            ID: [str(user.pk)],
        }.items():
            for text in filter(None, map(folded, texts)):
                self._known[way][text].add(user.pk)
        if user.is_active:
            self._active.add(user.pk)

    def find(self, text: Any) -> Ids:
        """Raises `Unreadable` for somebody who is no longer active."""
        for way in self.by:
            found = self._known[way].get(folded(str(text)), set())
            if active := found & self._active:
                return tuple(sorted(active))
            if found:
                raise Unreadable(
                    "inactive",
                    _("“%(text)s” is no longer active: name somebody else.") % {"text": text},
                )
        return ()

    def create(self, text: str) -> int:
        """Somebody who has no password and no role, and so can neither log in nor see anything."""
        address = text if "@" in text else ""
        given, _space, family = (
            ("", "", "") if address else _WORDS.sub(" ", text.strip()).partition(" ")
        )
        user = User(username=_free_name(text), email=address, first_name=given, last_name=family)
        user.set_unusable_password()
        user.save(force_insert=True)
        self._note(user)
        return user.pk


def _free_name(text: str) -> str:
    base = cautious_slugify(text.partition("@")[0]).replace("-", ".")[:100] or "user"
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}.{number}"
    return name


class TeamFinder:
    def __init__(self, by: Sequence[str]) -> None:
        self.by_id = ID in by
        self._known: dict[str, set[int]] | None = None

    def prepare(self, texts: Collection[Any]) -> None:
        if self._known is None:
            self._known = defaultdict(set)
            for pk, name in Team.objects.values_list("pk", "name"):
                self._known[str(pk) if self.by_id else folded(name)].add(pk)

    def find(self, text: Any) -> Ids:
        return tuple(sorted((self._known or {}).get(folded(str(text)), set())))

    def create(self, text: str) -> int:
        """A team without members: who belongs to it decides who sees what, and is set by hand."""
        team = Team.objects.create(name=_WORDS.sub(" ", text.strip())[:100])
        if self._known is not None:
            self._known[folded(team.name)].add(team.pk)
        return team.pk


FINDERS: Mapping[str, Callable[[Sequence[str]], UserFinder | TeamFinder]] = {
    "user": UserFinder,
    "team": TeamFinder,
}
