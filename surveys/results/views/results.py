"""The results of one survey."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button

from records.segments.rights import usable
from surveys.results import reach
from surveys.results.asking import PERIODS, STEPS
from surveys.results.charts import chart_of
from surveys.results.exporting import FORMATS, may_export
from surveys.results.floor import floor_of
from surveys.results.report import report
from surveys.results.sharing import may_share, shares_of
from surveys.results.splits import splits
from surveys.results.summary.files import PDF, may_take_words
from surveys.results.trend import step_of
from surveys.results.views.base import ResultsScreen
from surveys.results.views.export import WORDS


class ResultsView(ResultsScreen):
    template_name = "surveys/results/results.html"

    def get_page_title(self) -> str:
        return self.survey.label

    def get_header_more_buttons(self) -> list[Button]:
        url = self.address("verbatims")
        found = [Button(_("What people said"), url=url, icon_name="comment")]
        found.append(self._file(_("PDF summary"), format=PDF))
        if may_take_words(self.chosen) and self._has_words():
            label = _("PDF summary with what people said")
            found.append(self._file(label, format=PDF, **{WORDS: "1"}))
        if may_export(self.survey, self.access):
            for key, format_label in FORMATS.items():
                found.append(self._file(format_label, format=key))
        if may_share(self.survey, self.access):
            found.append(Button(_("Share…"), url=self.address("share"), icon_name="link"))
        return found

    def _has_words(self) -> bool:
        return any(q.measure == "text" and q.n for q in self.chosen.questions.values())

    def _file(self, label: Any, **more: str) -> Button:
        url = self._with("export", **more)
        return Button(_("Export: %(as)s") % {"as": label}, url=url, icon_name="download")

    def _with(self, name: str, **more: str) -> str:
        url = reverse(f"survey_results:{name}", args=[self.survey.key])
        query = "&".join(filter(None, [self.chosen.asked.query, urlencode(more)]))
        return f"{url}?{query}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = report(self.chosen)
        record_type = reach.about(self.survey, self.access.snapshot)
        anonymous = self.survey.is_anonymous
        return super().get_context_data(
            report=found,
            chart=chart_of(found.trend),
            step=step_of(self.chosen),
            floor=floor_of(self.survey),
            periods=PERIODS,
            steps={k: v for k, v in STEPS.items() if not (anonymous and k == "week")},
            splits=splits(self.survey, self.access),
            segments=[] if anonymous or record_type is None else usable(self.access, record_type),
            scored=[q for q in self.chosen.questions.values() if q.scored and not q.parts],
            verbatims_url=self.address("verbatims"),
            shares=shares_of(self.survey, self.access)
            if may_share(self.survey, self.access)
            else (),
            **kwargs,
        )
