"""Filling in a public form: what a page has to know comes back with it, sealed."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.field_types.base import ValueRefused
from forms_builder import drafts, guards, places, services, uploads
from forms_builder.definitions import StepDef
from forms_builder.engine.evaluate import States
from forms_builder.models import FormDraft, Submission
from forms_builder.public.base import TOKEN, PublicView
from forms_builder.public.filling import Filling, is_question, progress
from forms_builder.public.opening import closed
from forms_builder.public.sealing import Seal, digest_of, invited, unsealed


class TooManyKept(Exception):
    """One address keeps more than it may: nothing further is stored for it."""


class FormView(PublicView):
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

    def enough(self) -> str:
        return _(
            "Much was sent from your network just now. Wait an hour and send again; your answers stay here."
        )

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

    # -- sending -----------------------------------------------------------------------------------

    def send(
        self, request: HttpRequest, filling: Filling, seal: Seal, states: States
    ) -> HttpResponse:
        checked = filling.checked(states)
        if not checked.ok:
            first = next(iter(checked.errors))
            filling.step = self.form.step_of[first].key
            return self.shown(filling, seal, errors=checked.errors, status=422)
        name = invited(self.form.key, seal.invited) if seal.invited else None
        if self.form.settings.get("by_token") and not name:
            return self.told(
                self.form.label, _("This form is for those who were asked."), status=403
            )
        stop = self.guarded(request, filling, seal)
        if stop is not None:
            return stop
        sent = services.Sent(
            values=filling.raw,
            key=seal.key,
            channel=Submission.Channel.PAGE,
            fixed=filling.fixed,
            language=self.language,
            sender=guards.sender_of(request),
            person=services.person_key(self.form, filling.raw, name or ""),
            spam=_("A field that people do not see was filled in.")
            if self.trapped(request)
            else "",
        )
        try:
            row = services.submit(self.form, sent, snapshot=self.snapshot, states=states)
        except places.Full as full:
            errors = {full.item: str(full)} if full.item else {}
            if full.item:
                filling.step = self.form.step_of[full.item].key
            notice = "" if full.item else str(full)
            return self.shown(filling, seal, errors=errors, notice=notice, status=409)
        except services.Already as already:
            return self.shown(filling, seal, notice=str(already), status=409)
        FormDraft.objects.filter(token=seal.draft).delete() if seal.draft else None
        return self.done(row)

    def guarded(self, request: HttpRequest, filling: Filling, seal: Seal) -> HttpResponse | None:
        sender, demand = guards.sender_of(request), guards.demands_proof(self.form)
        proven = demand is None or guards.proven(self.form, seal.key, request.POST.get("proof", ""))
        if demand and not proven:
            notice = _(
                "Your browser has not finished its proof of work: wait a moment and send again."
            )
            return self.shown(filling, seal, notice=notice, status=422)
        if guards.too_many(self.form, sender, proven=proven):
            return self.shown(filling, seal, notice=self.enough(), status=429)
        if guards.too_quick(self.form, seal.seconds):
            notice = _("That was quick. Look through your answers and send again.")
            return self.shown(filling, seal, notice=notice, status=422)
        return None

    def trapped(self, request: HttpRequest) -> bool:
        return bool(request.POST.get(guards.TRAP, "").strip())

    def done(self, row: Submission) -> HttpResponse:
        response = HttpResponseRedirect(self.address("done", self.form.slug, row.token))
        response.status_code = 303
        return response

    # -- keeping -----------------------------------------------------------------------------------

    def keep(self, filling: Filling, seal: Seal, request: HttpRequest) -> Seal:
        """In a draft. Raises `TooManyKept`."""
        said = {
            "values": filling.values,
            "files": filling.files,
            "fixed": filling.fixed,
            "step": filling.step,
            "language": self.language,
        }
        if seal.draft and (row := drafts.find(seal.draft, self.form.key)) is not None:
            for name, value in said.items():
                setattr(row, name, value)
            row.save()
            return seal
        sender = guards.sender_of(request)
        if guards.too_many_drafts(self.form, sender):
            raise TooManyKept
        row = FormDraft.objects.create(form=self.form.key, sender=sender, **said)
        return seal.with_draft(row.token)

    def saved(self, filling: Filling, seal: Seal) -> HttpResponse:
        link = self.request.build_absolute_uri(self.address("go_on", self.form.slug, seal.draft))
        message = _(
            "Your answers are kept for 30 days. Keep this link to go on; whoever has it can read them."
        )
        return self.told(_("Kept for later"), message, link=link)

    def typed(self, request: HttpRequest) -> list[str]:
        """What somebody wrote before the form was closed, to copy it."""
        texts = [v for k, v in request.POST.items() if k.startswith("i-") and str(v).strip()]
        return [str(text)[:5000] for text in texts]

    # -- showing -----------------------------------------------------------------------------------

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
