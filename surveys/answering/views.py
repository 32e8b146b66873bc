"""Answering a survey, page by page. A GET stores nothing: only what a person sends is kept."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from forms_builder import guards
from forms_builder.definitions import StepDef
from forms_builder.engine.evaluate import States
from forms_builder.public.filling import Filling
from forms_builder.public.keeping import TooManyKept
from forms_builder.public.sealing import Seal, begun, digest_of, unsealed
from forms_builder.public.views import FormView
from records.languages import language_of, spoken
from surveys.answering import floods, knocks, services
from surveys.answering.base import SurveyPage
from surveys.answering.ending import EndPage
from surveys.answering.filling import SurveyFilling
from surveys.answering.links import preselected
from surveys.answering.opening import gone, stop
from surveys.answering.services import Already, Done, Erased, Kept
from surveys.answering.visits import Visit
from surveys.flow import quotas
from surveys.models import Response

Status = Response.Status
PAGE, EDIT = "page", "edit"
#: What scripts say who keep answers while somebody gives them.
AUTO = "auto"
#: The seal of a page that changes answers which stand.
EDITING = "edit:"
#: Seconds after which a kiosk begins anew, while somebody answers.
IDLE = 120


class SurveyView(EndPage, SurveyPage, FormView):
    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if (shown := self.over(request)) is not None:
            return shown
        filling = self.filling(request, None)
        if (answer := preselected(request.GET)) is not None:
            filling.preselect(*answer)
        row = self.visit.response
        goes_on = row is not None and (row.status == Status.PARTIAL or row.editing is not None)
        filling.step = str(request.GET.get(PAGE) or (row.step if row and goes_on else ""))
        if row is None and not self.visit.kiosk:
            # Nobody's yet. Back from the second page, the browser shows this one with the same seal, so that it goes
            # on with the answers that were begun from it.
            self.keeping = "private, no-cache"
        return self.shown(filling, self.new_seal(filling))

    def over(self, request: HttpRequest) -> HttpResponse | None:
        """What is shown instead of questions, where nothing is to be answered."""
        row = self.visit.response
        done = row is not None and row.status != Status.PARTIAL and self.visit.survey is not None
        if row is not None and done and not self.editing(request, row):
            return self.ended(row, again=not self.visit.own)
        if (found := stop(self.visit, self.snapshot)) is not None:
            return self.stopped(found)
        used = self.visit.invitation if self.visit.anonymous and row is None else None
        if used is not None and used.status == used.Status.COMPLETED:
            return self.answered()
        return None

    def editing(self, request: HttpRequest, row: Response) -> bool:
        return EDIT in request.GET and self.may_edit(row)

    # -- what comes back ---------------------------------------------------------------------------

    def language_for(self, request: HttpRequest) -> str:
        """Where it is one of very many, nothing is looked up for it."""
        self.visit = Visit(self.kwargs["token"])
        suspect = floods.is_one(guards.sender_of(request), self.visit.token)
        self.flooding = (
            suspect and request.method == "POST" and not begun(request.POST.get("seal", ""))
        )
        if self.flooding:
            return language_of(request, self.snapshot)
        return super().language_for(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        visit = self.visit
        if self.flooding:
            answers = self.typed(request)
            return self.told(_("Not taken"), self.enough(), answers=answers, status=429)
        if visit.survey is None:
            more = {"answers": self.typed(request)} if visit.known else {}
            return self.stopped(stop(visit, self.snapshot) or gone(), **more)
        seal = unsealed(request.POST.get("seal", ""), self.form.key)
        self.recall(seal)
        self._timed = request.POST.get("go") == AUTO
        row = visit.response
        changing = seal is not None and seal.key.startswith(EDITING)
        if (
            row is not None
            and row.status != Status.PARTIAL
            and not (changing and self.may_edit(row))
        ):
            return self.led(row)
        found = stop(visit, self.snapshot)
        if found is not None:
            status = found.status if found.status != 200 else 409
            return self.stopped(found, answers=self.typed(request), status=status)
        if self.trapped(request):
            return self.thanked()
        return self.came_back(request, seal)

    def came_back(self, request: HttpRequest, seal: Seal | None) -> HttpResponse:
        try:
            return super().came_back(request, seal)
        except Erased:
            return self.stopped(gone())

    def recall(self, seal: Seal | None) -> None:
        """The response that the page belongs to, where its address does not say it."""
        visit = self.visit
        if seal is None or visit.survey is None or visit.response is not None:
            return
        rows = Response.objects.select_related("invitation", "link")
        row = rows.filter(token=seal.draft).first() if seal.draft else None
        # Sent twice at once, the second page does not know yet what the first one began.
        row = row or rows.filter(key=seal.key).first()
        if row is not None and row.survey == visit.survey.key and self.belongs(row):
            visit.response = row

    def belongs(self, row: Response) -> bool:
        """Begun at this very address: nobody hands in another's answers for an invitation."""
        visit = self.visit
        asked = None if visit.anonymous or visit.invitation is None else visit.invitation.pk
        return row.invitation_id == asked and row.link_id == (visit.link.pk if visit.link else None)

    def filling(self, request: HttpRequest, seal: Seal | None) -> SurveyFilling:
        row = self.visit.response
        found = SurveyFilling(self.form, self.snapshot, self.language, visit=self.visit)
        found.editing = row is not None and row.status != Status.PARTIAL
        found.seed = row.key if row else seal.key if seal else ""
        if seal is not None:
            found.fixed = {k: v for k, v in seal.fixed.items() if k in self.form.items}
        found.take_up()
        found.begin(request.GET.dict() if request.method == "GET" else {})
        return found

    def new_seal(self, filling: Filling, token: str = "") -> Seal:
        row = self.visit.response
        brought = self.brought(filling)
        # What the address gave is known to whoever answers anyhow; the rest of what is hidden stays here.
        shown = {
            k: v
            for k, v in filling.fixed.items()
            if k not in filling.secret or (filling.form.items[k].prefill and k not in brought)
        }
        made = Seal(self.form.key, digest_of(self.form, self.snapshot), fixed=shown)
        if row is not None:
            key = f"{EDITING}{row.pk}" if row.status != Status.PARTIAL else row.key
            made = replace(made, key=key, draft=row.token)
        filling.seed = row.key if row else made.key
        return made

    def brought(self, filling: Filling) -> Collection[str]:
        return filling.brought() if isinstance(filling, SurveyFilling) else ()

    def go(
        self,
        request: HttpRequest,
        filling: Filling,
        seal: Seal,
        step: StepDef,
        errors: dict[str, str],
    ) -> HttpResponse:
        wanted = request.POST.get("go", "next")
        if wanted == AUTO:
            return JsonResponse({"seal": self.keep(filling, seal, request).text()})
        if wanted.startswith("lang:"):
            return self.in_language(filling, seal, wanted.removeprefix("lang:"))
        return super().go(request, filling, seal, step, errors)

    def in_language(self, filling: Filling, seal: Seal, code: str) -> HttpResponse:
        """The same page in another language, with all that was typed: nothing is kept for it."""
        if code in spoken(self.snapshot):
            self.language = filling.language = code
        with translation.override(self.language):
            return self.shown(filling, seal)

    def turned(self, request: HttpRequest, filling: Filling, seal: Seal) -> HttpResponse:
        """Each page under an address of its own, so that the browser's way back leads back."""
        seal = self.keep(filling, seal, request)
        row = self.visit.response
        if self.visit.stays or row is None:
            return self.shown(filling, replace(seal, at=time.time()))
        query = {PAGE: filling.step} | ({EDIT: "1"} if row.status != Status.PARTIAL else {})
        return _see(self.address_to(self.token_of(row), **query))

    def token_of(self, row: Response) -> str:
        """Whoever was asked in person goes on under the address that they know."""
        return self.visit.token if self.visit.invitation and not self.visit.own else row.token

    # -- keeping -----------------------------------------------------------------------------------

    def keep(self, filling: Filling, seal: Seal, request: HttpRequest) -> Seal:
        """Raises `TooManyKept` where one network address begins too often."""
        visit, sent = self.visit, request.POST.get("step", "")
        here = next((s for s in self.form.steps if s.key == sent), self.form.steps[0])
        kept = Kept(
            values={i.key: filling.values[i.key] for i in here.items if i.key in filling.values},
            files=filling.files,
            fixed={
                k: v for k, v in filling.fixed.items() if filling.form.items[k].kind == "hidden"
            },
            step=filling.step,
            language=self.language,
            seconds={} if self._timed else {here.key: max(seal.seconds, 0)},
        )
        self._timed = True
        if visit.response is not None:
            visit.response = services.keep(
                visit.response, kept, survey=self.survey, snapshot=self.snapshot
            )
            return seal.with_draft(visit.response.token)
        sender = guards.sender_of(request)
        if not knocks.claim(visit, sender):
            floods.note(sender, visit.token)
            raise TooManyKept
        opened = datetime.fromtimestamp(seal.at, tz=UTC)
        visit.response = services.begin(
            visit, kept, key=seal.key, snapshot=self.snapshot, opened=opened
        )
        return replace(seal, draft=visit.response.token, key=visit.response.key)

    _timed = False

    @property
    def survey(self) -> Any:
        return self.visit.survey

    # -- sending -----------------------------------------------------------------------------------

    def send(
        self, request: HttpRequest, filling: Filling, seal: Seal, states: States
    ) -> HttpResponse:
        checked = filling.checked(states)
        if not checked.ok:
            return self.shown_wrong(filling, seal, checked)
        if guards.too_quick(self.form, seal.seconds):
            notice = _("That was quick. Look through your answers and send again.")
            return self.shown(filling, seal, notice=notice, status=422)
        self.keep(filling, seal, request)
        row = self.visit.response
        assert row is not None
        done = Done(filling.raw, filling.files, states, checked, filling.context)
        try:
            row = services.complete(row, done, visit=self.visit, snapshot=self.snapshot)
        except Already:
            return self.led(row) if self.visit.response else self.answered()
        except quotas.Full:
            notice = _("Enough people have answered so by now: your earlier answers stand.")
            return self.shown(filling, seal, notice=notice, status=409)
        return self.led(row)

    def led(self, row: Response) -> HttpResponse:
        """To the end page, which has an address of its own where that joins nothing."""
        row.refresh_from_db()
        if row.status == Status.PARTIAL:
            return self.answered()
        if self.visit.stays:
            return self.ended(row)
        return _see(self.address_to(row.token))

    def saved(self, filling: Filling, seal: Seal) -> HttpResponse:
        row = self.visit.response
        assert row is not None
        link = self.request.build_absolute_uri(self.address_to(self.token_of(row)))
        message = _("Your answers are kept. Go on with this link; whoever has it can read them.")
        return self.told(_("Kept for later"), message, link=link)

    # -- showing -----------------------------------------------------------------------------------

    def own_address(self) -> str:
        row = self.visit.response
        token = self.visit.token if row is None or self.visit.stays else self.token_of(row)
        return self.address_to(token)

    def goes_on_later(self) -> bool:
        """A link of its own would forget the invitation, where nothing joins the two; a kiosk is for the next one."""
        forgets = self.visit.anonymous and self.visit.invitation is not None
        return super().goes_on_later() and not forgets and not self.visit.kiosk

    def progress(self, step: StepDef, steps: list[StepDef]) -> str:
        number = next((n for n, each in enumerate(steps, 1) if each.key == step.key), 1)
        said = {"number": number, "count": len(steps)}
        if self.survey.settings.get("one_per_page"):
            return _("Question %(number)s of %(count)s") % said
        return _("Page %(number)s of %(count)s") % said

    def page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        visit = self.visit
        if visit.kiosk and visit.response is not None and "refresh" not in context:
            context["refresh"] = self.survey.settings.get("idle", IDLE)
        context["begin"] = self.address_to(visit.token)
        return super().page(template, status=status, test=visit.is_test, **context)

    def enough(self) -> str:
        return _(
            "Much was answered from your network just now. Wait an hour and send again; your answers stay here."
        )


def _see(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
