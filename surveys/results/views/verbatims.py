"""What people said, with a filter."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.results.verbatims import TONES, Sought, has_tones, verbatims
from surveys.results.views.base import ResultsScreen

NAMES = {
    "good": gettext_lazy("Who scored high"),
    "fair": gettext_lazy("In between"),
    "poor": gettext_lazy("Who scored low"),
}


class VerbatimsView(ResultsScreen):
    template_name = "surveys/results/verbatims.html"

    def get_page_title(self) -> str:
        return _("What people said")

    def get_page_subtitle(self) -> str:
        return self.survey.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        sought = Sought(
            given.get("of", "")[:50],
            tone if (tone := given.get("tone", "")) in TONES else "",
            given.get("q", "")[:100],
        )
        number = int(given["page"]) if given.get("page", "").isdecimal() else 1
        number = min(max(number, 1), 10_000)
        rows, more = verbatims(self.chosen, sought, page=number)
        texts = [q for q in self.chosen.questions.values() if q.measure == "text" and q.n]
        return super().get_context_data(
            rows=rows,
            labels={q.key: q.label for q in texts},
            texts=texts,
            tones=NAMES if has_tones(self.chosen) else {},
            sought=sought,
            previous=self._page(sought, number - 1) if number > 1 else "",
            next=self._page(sought, number + 1) if more else "",
            **kwargs,
        )

    def _page(self, sought: Sought, number: int) -> str:
        said = {"of": sought.question, "tone": sought.tone, "q": sought.text, "page": str(number)}
        own = urlencode({k: v for k, v in said.items() if v})
        return "?" + "&".join(filter(None, [self.chosen.asked.query, own]))
