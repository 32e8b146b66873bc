"""The preview: the working copy's form as people will see it, at the width of a phone or a desk, in each language."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from crm_config import labels
from crm_config.views.base import AdministratorsOnly, StudioView
from crm_config.words.plain import language
from crm_config.working_copy.reading import WorkingCopy
from forms_builder.definitions import FormDef, StepDef
from forms_builder.engine.evaluate import States
from forms_builder.engine.logic import Broken
from forms_builder.layouts.uses import STAFF
from forms_builder.public.filling import progress
from forms_builder.studio.trying import Trying, whole_parts
from forms_builder.views.studio.base import InForm, OfForm
from forms_builder.views.studio.staff_frame import staff_frame
from records.asker import access_of

WIDTHS = {"phone": gettext_lazy("Phone"), "desk": gettext_lazy("Desk")}


class PreviewView(InForm, StudioView):
    template_name = "forms_builder/studio/preview.html"
    page_title = gettext_lazy("Preview")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        width = self.request.GET.get("width", "")
        code = self.request.GET.get("language", "")
        code = code if code in self.languages else self.languages[0]
        frame = self.at("frame")
        staff = self.definition.channel == STAFF
        role = self.request.GET.get("role", "")
        role = role if staff and role in self.snapshot.roles else ""
        return super().get_context_data(
            row=self.row,
            widths=WIDTHS.items(),
            width=width if width in WIDTHS else "phone",
            preview_languages=[(each, language(each)) for each in self.languages],
            preview_language=code,
            frame=f"{frame}?lang={code}" + (f"&role={role}" if role else ""),
            role=role,
            roles=sorted(self.snapshot.roles.items()) if staff else [],
            **kwargs,
        )


@method_decorator(xframe_options_sameorigin, name="dispatch")
@method_decorator(csrf_exempt, name="dispatch")
class FrameView(AdministratorsOnly, OfForm, View):
    """What stands in the frame. It writes nothing, and so needs no token against forged requests."""

    http_method_names = ["get", "post"]
    language: str

    @cached_property
    def copy(self) -> WorkingCopy:  # type: ignore[override]
        return WorkingCopy()

    @cached_property
    def form(self) -> FormDef:
        return whole_parts(self.definition, self.copy.draft)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = request.POST.get("lang") or request.GET.get("lang", "")
        known = self.copy.draft.snapshot.company.languages
        self.language = wanted if wanted in known else known[0]
        with translation.override(self.language):
            response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        if self.is_for_staff:
            return response
        response["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
        )
        return response

    @property
    def is_for_staff(self) -> bool:
        """It looks as the records' own screens do."""
        return self.definition.channel == STAFF

    def for_staff(self, request: HttpRequest) -> HttpResponse:
        return staff_frame(request, self.form, self.snapshot, access_of(request))

    def begun(self) -> Trying:
        found = Trying(self.form, self.snapshot, self.language, asker=access_of(self.request))
        found.begin(self.request.GET.dict())
        return found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.form.items or self.form.type not in self.snapshot.types:
            return self.told(_("Nothing stands on it yet that could be shown."))
        try:
            if self.is_for_staff:
                return self.for_staff(request)
            trying = self.begun()
            trying.step = trying.steps(trying.states())[0].key
            return self.shown(trying)
        except Broken as broken:
            return self.told(str(broken))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.is_for_staff:
            return self.get(request, **kwargs)
        try:
            return self.gone_on(request)
        except Broken as broken:
            return self.told(str(broken))

    def gone_on(self, request: HttpRequest) -> HttpResponse:
        trying = self.begun()
        if not self.form.items or not trying.take_along(request.POST.get("seal", "")):
            return self.get(request)
        step = next(
            (s for s in self.form.steps if s.key == request.POST.get("step")), self.form.steps[0]
        )
        trying.step = step.key
        trying.take(request.POST, step)
        return self.went(trying, step, request.POST.get("go", "next"))

    def went(self, trying: Trying, step: StepDef, wanted: str) -> HttpResponse:
        if wanted.startswith("add:"):
            return self.with_row(trying, wanted.removeprefix("add:"))
        states = trying.states()
        keys = [each.key for each in trying.steps(states)]
        at = keys.index(step.key) if step.key in keys else 0
        if wanted == "back":
            trying.step = keys[max(at - 1, 0)]
            return self.shown(trying)
        if wanted == "save":
            return self.shown(trying, notice=_("In a preview nothing is kept."))
        if errors := trying.checked(states, [step.key]).errors:
            return self.shown(trying, errors=errors)
        if at + 1 < len(keys):
            trying.step = keys[at + 1]
            return self.shown(trying)
        return self.sent(trying)

    def sent(self, trying: Trying) -> HttpResponse:
        return self.told(labels.text(self.form.done) or _("Thank you."), sent=True)

    def with_row(self, trying: Trying, key: str) -> HttpResponse:
        item = self.form.items.get(key)
        if item is not None and item.kind == "rows":
            rows = list(trying.values.get(key) or ()) or [{}]
            trying.values[key] = [*rows, {}][: item.options.get("most", 50)]
        return self.shown(trying, focus=key)

    # -- pages

    def progress(self, step: StepDef, steps: list[StepDef]) -> str:
        return progress(step, steps)

    def told(self, message: str, *, sent: bool = False) -> HttpResponse:
        return self.page("frame_told", message=message, sent=sent)

    def shown(
        self,
        trying: Trying,
        *,
        errors: dict[str, str] | None = None,
        notice: str = "",
        focus: str = "",
    ) -> HttpResponse:
        states: States = trying.states()
        steps = trying.steps(states)
        step = next((each for each in steps if each.key == trying.step), steps[0])
        sections = trying.controls(step, states, errors or {})
        controls = [control for section in sections for control in section["controls"]]
        return self.page(
            "frame",
            intro=labels.text(self.form.intro) if step is steps[0] else "",
            submit=labels.text(self.form.submit) or _("Send"),
            step=step,
            step_label=trying.say(step.label),
            sections=sections,
            progress=self.progress(step, steps) if len(steps) > 1 else "",
            first=step is steps[0],
            last=step is steps[-1],
            errors=[control for control in controls if control.error],
            notice=notice,
            focus=focus,
            seal=trying.carried,
            logic=trying.logic_json(states),
            action=f"{self.request.path}?lang={self.language}",
        )

    #: The folder of `frame.html` and `frame_told.html`.
    templates = "forms_builder/studio"

    def page(self, template: str, **context: Any) -> HttpResponse:
        known = {
            "company": self.snapshot.company.name,
            "language": self.language,
            "embedded": True,
            "form": self.form,
        }
        return render(self.request, f"{self.templates}/{template}.html", known | context)
