"""Sending a form: guarded against machines, sent once whatever happens on the way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from forms_builder import guards, places, services
from forms_builder.engine.answers import Checked
from forms_builder.engine.evaluate import States
from forms_builder.models import FormDraft, Submission
from forms_builder.public.filling import Filling
from forms_builder.public.keeping import KeepsAnswers
from forms_builder.public.sealing import Seal, invited


class SendsForm(KeepsAnswers):
    def send(
        self, request: HttpRequest, filling: Filling, seal: Seal, states: States
    ) -> HttpResponse:
        checked = filling.checked(states)
        if not checked.ok:
            return self.shown_wrong(filling, seal, checked)
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

    def shown_wrong(self, filling: Filling, seal: Seal, checked: Checked) -> HttpResponse:
        """The first page on which something does not fit."""
        first = next(iter(checked.errors))
        filling.step = self.form.step_of[first].key
        return self.shown(filling, seal, errors=checked.errors, status=422)

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
