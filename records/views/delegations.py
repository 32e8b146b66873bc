"""“I am away”: who stands in for oneself, and for administrators, for anybody."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from crm_config.models import User
from crm_config.permissions import ADMINISTER
from records import delegations
from records.asker import access_of
from records.errors import Forbidden
from records.forms.delegation import DelegationForm
from records.models import Delegation


class AwayView(WagtailAdminTemplateMixin, FormView):
    template_name = "records/away.html"
    page_title = gettext_lazy("I am away")
    header_icon = "calendar-alt"
    request: HttpRequest

    @property
    def user(self) -> User:
        """The admin lets in nobody who is not logged in."""
        return cast(User, self.request.user)

    @cached_property
    def administers(self) -> bool:
        return self.user.has_perm(ADMINISTER)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_form(self, form_class: Any = None) -> DelegationForm:
        data = self.request.POST if self.request.method == "POST" else None
        return DelegationForm(data, access=access_of(self.request), administers=self.administers)

    def form_valid(self, form: DelegationForm) -> HttpResponse:
        (of, to), (since, until) = form.people(), form.span()
        try:
            delegations.give(of=of, to=to, since=since, until=until, by=self.user)
        except Forbidden as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("%(to)s stands in for %(of)s.") % {"to": to, "of": of})
        return HttpResponseRedirect(reverse("away:index"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        endable = set(delegations.endable(self.user).values_list("pk", flat=True))
        rows = [(row, row.pk in endable) for row in delegations.visible(self.user)]
        context: dict[str, Any] = super().get_context_data(rows=rows, **kwargs)
        return {**context, "media": context["form"].media}


class EndView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = cast(User, request.user)
        found: Delegation = get_object_or_404(delegations.endable(user), pk=pk)
        delegations.end(found, by=user)
        messages.success(request, _("%(to)s no longer stands in.") % {"to": found.to})
        return HttpResponseRedirect(reverse("away:index"))
