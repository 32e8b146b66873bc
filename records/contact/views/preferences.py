"""What somebody who got a mail can say about it, without logging in: which mails they want.

Looking at the page changes nothing: mail scanners look at every link. The one-click POST of RFC 8058 needs neither a
cookie nor a token of its own; the sealed address stands for both."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from crm_config.live import live
from records.contact import services
from records.contact.purposes import label_of, purposes
from records.contact.sealing import opened
from records.languages import language_of, native_names
from records.models import Unsubscription

ONE_CLICK = ("List-Unsubscribe", "One-Click")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@method_decorator(csrf_exempt, name="dispatch")
class PreferencesView(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.snapshot = live()
        found = opened(kwargs["sealed"])
        if found is None:
            raise Http404
        self.opened = found
        self.language = language_of(request, self.snapshot)
        with translation.override(self.language):
            response = super().dispatch(request, *args, **kwargs)
        response["Content-Security-Policy"] = POLICY
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "no-store"
        return response

    def get(self, request: HttpRequest, sealed: str) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, sealed: str) -> HttpResponse:
        name, value = ONE_CLICK
        if request.POST.get(name) == value:
            self.stop(self.opened.purpose, Unsubscription.How.ONE_CLICK)
            return HttpResponse(
                _("You are unsubscribed."), content_type="text/plain; charset=utf-8"
            )
        if "nothing" in request.POST:
            self.stop("", Unsubscription.How.PAGE)
            return self.page(_("You get no more mails of these kinds."))
        if "save" in request.POST:
            self.save(set(request.POST.getlist("wanted")))
            return self.page(_("It was saved."))
        return self.page()

    def stop(self, purpose: str, how: str) -> None:
        services.unsubscribe(
            self.opened.address, purpose=purpose, how=how, record_id=self.opened.record_id
        )

    def save(self, wanted: set[str]) -> None:
        """Who ticks something wants mails again, and only those."""
        mine: dict[str, Any] = {"record_id": self.opened.record_id}
        if wanted:
            services.subscribe_again(self.opened.address, purpose="", **mine)
        for key in self.offered():
            if key in wanted:
                services.subscribe_again(self.opened.address, purpose=key, **mine)
            else:
                self.stop(key, Unsubscription.How.PAGE)

    def offered(self) -> dict[str, str]:
        """That of the mail first."""
        mine = self.opened.purpose
        first = {mine: label_of(mine, self.snapshot)} if mine else {}
        return first | {key: str(label) for key, label in purposes(self.snapshot).items()}

    def page(self, told: str = "") -> HttpResponse:
        nos = services.unsubscribed(self.opened.address, self.opened.record_id)
        rows = [(k, label, "" not in nos and k not in nos) for k, label in self.offered().items()]
        context = {
            "company": self.snapshot.company.name,
            "language": self.language,
            "languages": native_names(self.snapshot),
            "rows": rows,
            "told": told,
        }
        return render(self.request, "records/contact/preferences.html", context)
