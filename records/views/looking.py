"""“Look as…”, for administrators."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from crm_config.models import User
from records import looking
from records.forms.looking import LookForm


class LookView(WagtailAdminTemplateMixin, FormView):
    template_name = "records/looking/start.html"
    page_title = gettext_lazy("Look as…")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not looking.may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    @property
    def real(self) -> User:
        return cast(User, self.request.user)

    def get_form(self, form_class: Any = None) -> LookForm:
        data = self.request.POST if self.request.method == "POST" else None
        return LookForm(data, real=self.real, initial={"who": self.request.GET.get("who", "")})

    def form_valid(self, form: LookForm) -> HttpResponse:
        looking.start(self.request, self.real, **form.target())
        return HttpResponseRedirect(reverse("wagtailadmin_home"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "media": context["form"].media}


class StopView(View):
    """Answered as oneself, whoever one looks as."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            looking.stop(request, request.user)
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
