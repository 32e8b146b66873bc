"""A page of a form that is filled in."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from crm_config import labels
from forms_builder import guards
from forms_builder.definitions import StepDef
from forms_builder.public.base import PublicView
from forms_builder.public.filling import Filling, is_question, progress
from forms_builder.public.sealing import Seal


class ShowsForm(PublicView):
    def shown(
        self,
        filling: Filling,
        seal: Seal,
        *,
        errors: dict[str, str] | None = None,
        notice: str = "",
        focus: str = "",
        status: int = 200,
    ) -> HttpResponse:
        states = filling.states()
        steps = filling.steps(states)
        step = next((s for s in steps if s.key == filling.step), steps[0])
        filling.step = step.key
        sections = filling.controls(step, states, errors or {})
        drawn = [control for section in sections for control in section["controls"]]
        asked = [c for c in drawn if is_question(c.item)]
        at = [s.key for s in steps].index(step.key)
        return self.page(
            "form",
            status=status,
            step=step,
            step_label=filling.say(step.label),
            sections=sections,
            errors=[c for c in drawn if c.error],
            notice=notice,
            focus=focus,
            seal=seal.text(),
            seen=" ".join(c.key for c in asked if c.shown),
            progress=self.progress(step, steps) if len(self.form.steps) > 1 else "",
            first=at == 0,
            last=at + 1 == len(steps),
            logic=filling.logic_json(states),
            multipart=any(c.look == "file" for c in drawn),
            proof=guards.challenge(self.form, seal.key)
            if guards.demands_proof(self.form) is not None
            else None,
            demands=bool(guards.demands_proof(self.form)),
            intro=filling.say(labels.text(self.form.intro)) if at == 0 else "",
            submit=labels.text(self.form.submit) or _("Send"),
            resume=self.goes_on_later(),
            action=self.own_address(),
            own=self.own_address().partition("?")[0],
        )

    def goes_on_later(self) -> bool:
        """Whether a link is given to go on with."""
        return bool(self.form.settings.get("resume"))

    def own_address(self) -> str:
        return self.address("form", self.form.slug)

    def progress(self, step: StepDef, steps: list[StepDef]) -> str:
        return progress(step, steps)
