"""An import's page: the dry run, the run and its receipt; and what can be done there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy

from jobs.selectors import may_see
from records.forms.import_corrections import corrected, groups
from records.imports import mapping as mappings
from records.imports import selectors, services
from records.imports.chunks import outcomes_of
from records.imports.outcomes import FUTURE, LABELS, RowOutcome
from records.imports.sheets import SHEETS, address
from records.models import ImportRun
from records.views.imports.base import RunAction, RunScreen, columns_url, index_url

SHOWN_ROWS = 20
SHOWN_CELLS = 6


@dataclass(frozen=True)
class ShownRow:
    number: int
    cells: list[tuple[str, str]]
    outcome: RowOutcome
    label: str
    url: str


@dataclass(frozen=True)
class Figure:
    """A count with its sheet."""

    key: str
    label: str
    number: int
    chosen: bool


class RunView(RunScreen):
    def get_template_names(self) -> list[str]:
        return [f"records/imports/{PAGES[ImportRun.State(self.run.state)]}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mapping = mappings.load(self.run.mapping)
        labels = {remark.key: remark.label for remark in mapping.remarks}
        told = {r["key"]: r["count"] for r in self.run.summary.get("remarks", [])}
        return super().get_context_data(
            mapping=mapping,
            job=self.run.job,
            may_follow=self.run.job is not None and may_see(self.request.user, self.run.job),
            may_stop=selectors.may_stop(self.run, self.access),
            figures=list(self.figures()),
            headings=self.headings,
            shown=self.which,
            rows=self.first_rows(),
            faults=groups(self.run.summary, self.record_type) if self.may_read else [],
            corrections=self.run.summary.get("corrections", []) if self.may_read else [],
            remarks=[(label, told.get(key, 0)) for key, label in labels.items()],
            others=self.run.summary.get("others", {}),
            made=self.made(mapping),
            **kwargs,
        )

    @property
    def headings(self) -> list[str]:
        """The file's first columns: the sheets have them all."""
        return [column["heading"] for column in self.run.profile["columns"][:SHOWN_CELLS]]

    @property
    def which(self) -> str:
        asked = self.request.GET.get("rows", "")
        return asked if asked in SHEETS else ("faults" if self.run.counts.get("faulty") else "all")

    @property
    def counted(self) -> int:
        """How many rows there are of what is asked for."""
        counted = {
            "faults": "faulty",
            "corrected": "corrected",
            "remarked": "remarked",
            "all": "rows",
        }
        number: int = self.run.counts.get(counted.get(self.which, self.which), 0)
        return number

    def figures(self) -> Iterator[Figure]:
        counts = self.run.counts
        words = LABELS if self.run.is_real else FUTURE
        for status, label in words.items():
            if number := counts.get(status, 0):
                yield Figure(status, str(label), number, self.which == status)
        for key, count, label in EXTRAS:
            number = counts.get(count, 0)
            if number and (key != "faults" or number != counts.get("refused", 0)):
                yield Figure(key, str(label), number, self.which == key)

    def first_rows(self) -> list[ShownRow]:
        if self.run.is_busy or not self.may_read:
            return []
        return list(islice(self.rows(), SHOWN_ROWS))

    def rows(self) -> Iterator[ShownRow]:
        """The first rows of what is asked for. A run without any of those is not searched for them."""
        wanted = SHEETS[self.which][1]
        words = LABELS if self.run.is_real else FUTURE
        if not self.counted:
            return
        for row, raw in outcomes_of(self.run):
            outcome = RowOutcome.load(raw)
            if wanted(outcome):
                texts = ["" if cell is None else str(cell) for cell in row[1]]
                cells = list(zip(self.headings, texts, strict=False))
                url = address(outcome.record) if outcome.record and self.run.is_real else ""
                yield ShownRow(row[0], cells, outcome, str(words[outcome.status]), url)

    def made(self, mapping: mappings.ImportMapping) -> list[tuple[str, int]]:
        """What is made besides the rows' own records, by field."""
        if self.record_type is None:
            return []
        counts = self.run.counts.get("made", {})
        fields = self.record_type.all_fields
        return [
            (fields[key].label, number)
            for key, number in counts.items()
            if number and key in fields
        ]


EXTRAS = (
    ("faults", "faulty", gettext_lazy("With faults")),
    ("corrected", "corrected", gettext_lazy("Corrected")),
    ("remarked", "remarked", gettext_lazy("With remarks")),
)
PAGES = {
    ImportRun.State.DRAFT: "draft",
    ImportRun.State.CHECKING: "going_on",
    ImportRun.State.CHECKED: "checked",
    ImportRun.State.RUNNING: "going_on",
    ImportRun.State.DONE: "receipt",
    ImportRun.State.STOPPED: "receipt",
    ImportRun.State.FAILED: "receipt",
}


class CorrectView(RunAction):
    """Reads values as others, and tries again."""

    def act(self) -> None:
        before = mappings.load(self.run.mapping)
        after = corrected(before, self.run.summary, self.request.POST)
        if after == before:
            return
        services.choose(self.run, after, access=self.access)
        services.try_out(self.run)


class TryView(RunAction):
    def act(self) -> None:
        services.choose(self.run, mappings.load(self.run.mapping), access=self.access)
        services.try_out(self.run)


class StartView(RunAction):
    def act(self) -> None:
        services.start(self.run)


class TakeUpView(RunAction):
    def act(self) -> None:
        services.take_up(self.run)


class StopView(RunAction):
    """Administrators may stop anybody's."""

    def allowed(self) -> bool:
        return selectors.may_stop(self.run, self.access)

    def act(self) -> None:
        services.stop(self.run)


class DiscardView(RunAction):
    success = gettext_lazy("The import was discarded.")

    def act(self) -> None:
        services.discard(self.run)

    def next_url(self) -> str:
        return index_url() if self.run.pk is None else columns_url(self.run)


class SaveMappingView(RunAction):
    """Keeps the mapping of an import that turned out well."""

    def act(self) -> None:
        given = self.request.POST
        services.save_mapping(
            self.run,
            access=self.access,
            name=given.get("name", ""),
            shared=bool(given.get("shared")),
        )

    success = gettext_lazy("The mapping is saved.")
