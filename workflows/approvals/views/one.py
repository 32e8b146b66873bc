"""One request: what would change, who said what, and one's own word."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from records.errors import Forbidden
from records.views.base import Crumbs, RecordsMixin, ScreenMixin
from workflows.approvals import selectors, services
from workflows.approvals.forms import DecisionForm
from workflows.approvals.shown import Shown, shown
from workflows.models import ApprovalRequest


class RequestMixin(RecordsMixin):
    @cached_property
    def asked(self) -> ApprovalRequest:
        return selectors.get(self.kwargs["pk"], access=self.access)

    def again(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("approvals:request", args=[self.asked.pk]))


class RequestView(RequestMixin, ScreenMixin, TemplateView):
    template_name = "workflows/approvals/request.html"
    header_icon = "clipboard-check"

    @cached_property
    def shown(self) -> Shown:
        return shown(self.asked, self.access)

    def get_page_title(self) -> str:
        return self.shown.process

    def get_page_subtitle(self) -> str:
        return self.shown.title

    def get_breadcrumbs_items(self) -> Crumbs:
        return [
            *self.breadcrumbs_items,
            {"label": _("Approvals"), "url": reverse("approvals:list")},
            {"label": self.get_page_title(), "url": ""},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", DecisionForm())
        return super().get_context_data(shown=self.shown, asked=self.asked, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(services.mine(self.asked, self.access) is not None or not self.shown.waits)
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        given = form.cleaned_data
        try:
            done = services.decide(
                self.asked,
                access=self.access,
                verdict=given["verdict"],
                comment=given["comment"],
            )
        except Forbidden as refused:
            messages.error(request, refused.message)
            return self.again()
        self._tell(done)
        return self.again()

    def _tell(self, done: ApprovalRequest) -> None:
        if done.state == ApprovalRequest.State.FAILED:
            reasons = " ".join(done.reasons)
            messages.warning(
                self.request, _("Approved, but it cannot be done: %(why)s") % {"why": reasons}
            )
        else:
            messages.success(self.request, _("Thank you: your decision was kept."))


class WithdrawView(RequestMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.again()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            services.withdraw(self.asked, access=self.access)
            messages.success(request, _("It was taken back."))
        except Forbidden as refused:
            messages.error(request, refused.message)
        return self.again()
