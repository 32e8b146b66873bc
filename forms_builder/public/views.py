"""Filling in a public form: what a page has to know comes back with it, sealed."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from crm_config.field_types.base import ValueRefused
from forms_builder import drafts, uploads
from forms_builder.definitions import StepDef
from forms_builder.engine.evaluate import States
from forms_builder.models import Submission
from forms_builder.public.base import TOKEN
from forms_builder.public.filling import Filling, is_question
from forms_builder.public.keeping import TooManyKept
from forms_builder.public.opening import closed
from forms_builder.public.sealing import Seal, digest_of, invited, unsealed
from forms_builder.public.sending import SendsForm


class FormView(SendsForm):
    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.form_named(slug)
        if reason := closed(form, self.snapshot):
            return self.told(form.label, reason)
        if form.settings.get("by_token") and not invited(form.key, request.GET.get(TOKEN, "")):
            return self.told(
                form.label, _("This form is for those who were asked: use the link in your mail.")
            )
        filling = Filling(form, self.snapshot, self.language)
        filling.begin(request.GET.dict())
        filling.step = filling.steps(filling.states())[0].key
        return self.shown(filling, self.new_seal(filling, request.GET.get(TOKEN, "")))

    def new_seal(self, filling: Filling, token: str = "") -> Seal:
        return Seal(
            self.form.key, digest_of(self.form, self.snapshot), fixed=filling.fixed, invited=token
        )

    # -- what comes back ---------------------------------------------------------------------------

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.form_named(slug)
        seal = unsealed(request.POST.get("seal", ""), form.key)
        sent = seal and Submission.objects.filter(key=seal.key).first()
        if sent:
            return self.done(sent)
        if reason := closed(form, self.snapshot):
            return self.told(form.label, reason, answers=self.typed(request), status=409)
        return self.came_back(request, seal)

    def came_back(self, request: HttpRequest, seal: Seal | None) -> HttpResponse:
        """A page of a form that is open."""
        form = self.form
        filling = self.filling(request, seal)
        notice = ""
        if seal is None:
            filling.begin({})
            seal = self.new_seal(filling)
            notice = _("This page was open for long. Look through your answers and go on.")
        elif seal.digest != digest_of(form, self.snapshot):
            filling.renew()
            digest = digest_of(form, self.snapshot)
            seal = replace(seal, digest=digest, fixed=filling.fixed)
            notice = _("The form was changed in the meantime. Look through your answers and go on.")
        step = self.step_posted(request, filling)
        filling.take(request.POST, step)
        try:
            return self.taken(request, filling, seal, step, notice)
        except TooManyKept:
            filling.step = step.key
            return self.shown(filling, seal, notice=self.enough(), status=429)

    def taken(
        self, request: HttpRequest, filling: Filling, seal: Seal, step: StepDef, notice: str
    ) -> HttpResponse:
        """Files are kept at once, so that nobody has to choose them a second time."""
        if request.FILES and not seal.draft:
            seal = self.keep(filling, seal, request)
        errors = self.take_files(request, filling, step)
        if seal.draft:
            self.keep(filling, seal, request)
        if notice:
            return self.shown(filling, seal, errors=errors, notice=notice, status=409)
        return self.go(request, filling, seal, step, errors)

    def filling(self, request: HttpRequest, seal: Seal | None) -> Filling:
        found = Filling(self.form, self.snapshot, self.language)
        if seal is not None:
            found.fixed = {k: v for k, v in seal.fixed.items() if k in self.form.items}
            found.values = dict(found.fixed)
            draft = drafts.find(seal.draft, self.form.key) if seal.draft else None
            if draft is not None:
                found.values |= {k: v for k, v in draft.values.items() if k in self.form.items}
                found.files = {k: v for k, v in draft.files.items() if k in self.form.items}
        return found

    def step_posted(self, request: HttpRequest, filling: Filling) -> StepDef:
        wanted = request.POST.get("step", "")
        found = next((s for s in self.form.steps if s.key == wanted), self.form.steps[0])
        filling.step = found.key
        return found

    def take_files(self, request: HttpRequest, filling: Filling, step: StepDef) -> dict[str, str]:
        """What is refused is said at its item; what was there before stays."""
        errors = {}
        for item in step.items:
            f = filling.logic.fields.get(item.key)
            upload = request.FILES.get(f"i-{item.key}")
            if f is None or f.type.group != "file":
                continue
            if f"i-{item.key}-clear" in request.POST:
                uploads.discard([filling.files.pop(item.key)] if item.key in filling.files else [])
            if upload is None:
                continue
            try:
                taken = uploads.take(f, upload, access=filling.access)
            except ValueRefused as refused:
                errors[item.key] = str(refused.message)
                continue
            if item.key in filling.files:
                uploads.discard([filling.files[item.key]])
            filling.files[item.key] = taken
        return errors

    def go(
        self,
        request: HttpRequest,
        filling: Filling,
        seal: Seal,
        step: StepDef,
        errors: dict[str, str],
    ) -> HttpResponse:
        wanted = request.POST.get("go", "next")
        if wanted == "save" and self.goes_on_later():
            return self.saved(filling, self.keep(filling, seal, request))
        if wanted.startswith("add:"):
            return self.with_row(filling, seal, wanted.removeprefix("add:"))
        states = filling.states()
        steps = filling.steps(states)
        keys = [each.key for each in steps]
        at = keys.index(step.key) if step.key in keys else 0
        if wanted == "back":
            filling.step = keys[max(at - 1, 0)]
            return self.turned(request, filling, seal)
        errors = filling.checked(states, [step.key]).errors | errors
        if errors:
            return self.shown(filling, seal, errors=errors, status=422)
        if new := self.unseen(request, step, states):
            notice = _("Your answers opened more questions: they stand below.")
            return self.shown(filling, seal, notice=notice, focus=new, status=422)
        if at + 1 < len(keys):
            filling.step = keys[at + 1]
            return self.turned(request, filling, seal)
        return self.send(request, filling, seal, states)

    def turned(self, request: HttpRequest, filling: Filling, seal: Seal) -> HttpResponse:
        """On another step."""
        return self.shown(filling, self.keep(filling, seal, request))

    def unseen(self, request: HttpRequest, step: StepDef, states: States) -> str:
        """The first question that is there now, and was not when the page was sent."""
        if "seen" not in request.POST:
            return ""
        seen = set(request.POST["seen"].split())
        asked = (item.key for item in step.items if is_question(item))
        return next((key for key in asked if states[key].shown and key not in seen), "")

    def with_row(self, filling: Filling, seal: Seal, key: str) -> HttpResponse:
        item = self.form.items.get(key)
        if item is not None and item.kind == "rows":
            rows = list(filling.values.get(key) or ()) or [{}]
            if len(rows) < item.options.get("most", 50):
                filling.values[key] = [*rows, {}]
        return self.shown(filling, seal, focus=key)


class GoOnView(FormView):
    """A form that was kept for later. It is sent to the form's own address."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str, token: str) -> HttpResponse:  # type: ignore[override]
        form = self.form_named(slug)
        draft = drafts.find(token, form.key)
        if draft is None:
            message = _("These answers are not kept any more, or were sent already.")
            return self.told(form.label, message, status=404)
        if reason := closed(form, self.snapshot):
            return self.told(form.label, reason)
        filling = Filling(form, self.snapshot, self.language, step=draft.step)
        filling.values = {k: v for k, v in draft.values.items() if k in form.items}
        filling.files = {k: v for k, v in draft.files.items() if k in form.items}
        filling.fixed = {k: v for k, v in draft.fixed.items() if k in form.items}
        # One key for all who go on with it, so that it is sent once.
        seal = Seal(
            form.key,
            digest_of(form, self.snapshot),
            key=f"draft-{draft.pk}-{draft.token[:24]}",
            fixed=filling.fixed,
            draft=draft.token,
        )
        return self.shown(filling, seal)
