"""What a change-set does to live records, as the review shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config import impacts
from crm_config.impacts import Impact, Sample
from crm_config.live import newest
from crm_config.models import User
from crm_config.views.links import screen
from crm_config.words import Vocabulary, place
from crm_config.working_copy.reading import WorkingCopy, exists_in

ICONS = {"blocking": "warning", "loss": "warning", "note": "info-circle"}
LEVELS = {
    "blocking": _("Stands in the way"),
    "loss": _("Takes something out of sight"),
    "note": _("Good to know"),
}
OF_A_FIELD = 4


@dataclass(frozen=True)
class ShownImpact:
    place: str
    url: str
    message: str
    level: str
    samples: Sequence[Sample]

    @property
    def icon(self) -> str:
        return ICONS[self.level]

    @property
    def level_label(self) -> Any:
        return LEVELS[self.level]

    @property
    def shows_values(self) -> bool:
        return any(sample.value for sample in self.samples)

    @property
    def shows_reasons(self) -> bool:
        return any(sample.why for sample in self.samples)


def shown_impacts(copy: WorkingCopy, user: User) -> list[ShownImpact]:
    """As `user` sees it. Before the first publication there is nothing that could be concerned."""
    if not copy.published_version or not copy.changes:
        return []
    found = impacts.get().of(newest(), copy.draft.snapshot, user=user)
    names = Vocabulary(copy.published, copy.payload)
    return [_shown(impact, names, copy) for impact in found]


def _shown(impact: Impact, names: Vocabulary, copy: WorkingCopy) -> ShownImpact:
    path = impact.path[:OF_A_FIELD]
    url = screen(path) if exists_in(copy.payload, path) else ""
    return ShownImpact(
        place(impact.path, names), url, str(impact.message), impact.level, impact.samples
    )
