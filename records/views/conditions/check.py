"""What the rows, or the JSON, come to: the condition, the sentence, how many match, and what is wrong where."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid, ConditionProblem, parse
from records.builder.answer import Answer, answer
from records.builder.assemble import assemble
from records.builder.pretty import pretty
from records.builder.typed import Typed
from records.views.conditions.base import BuilderView


class CheckView(BuilderView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        desk = self.desk
        typed = Typed(self.name, request.POST)
        if not typed.by_rows:
            return self._said(self._of_text(typed.text), None, [])
        found = assemble(self.sheet, desk)
        text = "" if found.raw is None else pretty(found.raw)
        shown = answer(found.condition, found.problems, desk)
        return self._said(shown, text, found.faults)

    def _of_text(self, text: str) -> Answer:
        try:
            raw = json.loads(text) if text.strip() else None
            condition = None if raw is None else parse(raw, self.desk.context)
        except (ValueError, RecursionError):
            return Answer(problems=[ConditionProblem("", _("This is not JSON."))])
        except ConditionInvalid as invalid:
            return Answer(problems=list(invalid.problems))
        return answer(condition, [], self.desk)

    def _said(self, shown: Answer, text: str | None, faults: list[tuple[str, str]]) -> JsonResponse:
        context = {"answer": shown, "desk": self.desk, "by_rows": text is not None}
        html = render_to_string("records/conditions/answer.html", context, self.request)
        marked = [{"id": row, "message": message} for row, message in faults]
        return JsonResponse({"json": text, "faults": marked, "html": html})
