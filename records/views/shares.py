"""With whom a record is shared: the list, giving, and taking back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from records import services
from records.forms.share import ShareForm
from records.forms.submit import CHANNEL
from records.gate import Change, Outcome
from records.selectors.names import record_url
from records.selectors.shares import shares_of
from records.views.base import RecordScreen


class SharesView(RecordScreen):
    part_template = "records/record/shares.html"
    keys = ("title",)

    def get_page_title(self) -> str:
        return _("Share")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist_on("share")
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist_on("share")
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        change = Change("share", id=self.record.id, values=form.values())
        outcome = services.execute_one(change, access=self.access, channel=CHANNEL)
        if not outcome.ok:
            for refusal in outcome.refusals:
                place = {"user": "holder", "team": "holder"}.get(refusal.field or "", refusal.field)
                form.add_error(place if place in form.fields else None, str(refusal.message))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("“%(title)s” is shared.") % {"title": self.record.title})
        return self.leave(record_url(self.record.id))

    def form(self, data: Any = None) -> ShareForm:
        """The address may say with whom, and what they may do: explanations lead here."""
        return ShareForm(
            data,
            access=self.access,
            may_change=self.record.may("change"),
            holder=self.request.GET.get("holder", ""),
            level=self.request.GET.get("level", ""),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        return super().get_context_data(
            shares=shares_of(self.record, access=self.access),
            action=reverse("records:shares", args=[self.record.id]),
            media=form.media,
            **kwargs,
        )


class TakeBackView(RecordScreen):
    """One share ends now."""

    keys = ("title",)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist_on("share")
        change = Change("unshare", id=self.record.id, values={"share": self.kwargs["share"]})
        outcome: Outcome = services.execute_one(change, access=self.access, channel=CHANNEL)
        for refusal in outcome.refusals:
            messages.error(request, str(refusal.message))
        if outcome.ok:
            messages.success(request, _("It is no longer shared."))
        return self.leave(record_url(self.record.id))
