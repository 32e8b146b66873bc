"""Names of people, roles, types, fields and records in a result: of the draft, else of what is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm_config import labels
from crm_config.field_types.base import LinkLabel
from crm_config.models import User
from crm_config.publication import version
from crm_config.words import Vocabulary, place
from crm_config.words.access import ACTIONS
from records.access import Access
from records.models import Simulation
from records.selectors.names import link_labels, record_url

#: People named in one cell.
NAMED = 3


@dataclass(frozen=True, eq=False)
class Naming:
    simulation: Simulation
    access: Access

    @cached_property
    def words(self) -> Vocabulary:
        return Vocabulary(version(self.simulation.live_version).payload, self.simulation.payload)

    def type(self, key: str) -> str:
        plural = self.words.find(("record_types", key)).get("plural")
        return labels.text(plural, default=self.words.record_type(key))

    def action(self, key: str) -> str:
        return str(ACTIONS.get(key, key))

    def role(self, key: str) -> str:
        return self.words.name(("roles", key))

    def fields(self, record_type: str, keys: Iterable[str]) -> str:
        return ", ".join(self.words.field(record_type, key) for key in keys)

    def place(self, path: Iterable[str]) -> str:
        return place(tuple(path), self.words)

    @cached_property
    def _people(self) -> dict[int, str]:
        return {user.pk: str(user) for user in User.objects.all()}

    def people(self, ids: list[int]) -> str:
        """Some of them by name."""
        names = ", ".join(self._people.get(pk, f"#{pk}") for pk in ids[:NAMED])
        more = len(ids) - NAMED
        if more <= 0:
            return names
        others = ngettext("%(count)s more", "%(count)s more", more) % {"count": more}
        return _("%(names)s and %(others)s") % {"names": names, "others": others}

    def records(self, ids: Iterable[int]) -> dict[int, LinkLabel]:
        return link_labels(ids, access=self.access)

    def records_url(self, **asked: str | int) -> str:
        return f"{reverse('simulation:records', args=[self.simulation.pk])}?{urlencode(asked)}"


@dataclass(frozen=True)
class ShownRecord:
    title: str
    url: str


def shown_records(ids: Iterable[int], known: dict[int, LinkLabel]) -> list[ShownRecord]:
    """Those that whoever looks may see."""
    return [ShownRecord(known[pk].title, record_url(pk)) for pk in ids if known[pk].visible]
