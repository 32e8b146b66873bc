"""What the pages of public forms share: language, policy, and how they are told. No session, no cookie."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from crm_config.definitions import Snapshot
from crm_config.live import live
from forms_builder.definitions import FormDef
from forms_builder.public.opening import find
from records.languages import PARAMETER, language_of, native_names

EMBED = "embed"
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError)
TOKEN = "t"  # noqa: S105 - the name of a parameter


@method_decorator(csrf_exempt, name="dispatch")
class PublicView(View):
    """Without a cookie there is nothing that a foreign page could misuse: the seal stands for the CSRF token."""

    form: FormDef
    snapshot: Snapshot
    language: str
    #: Where its templates are, and the name space of its addresses.
    folder = "forms_builder/public"
    space = "public_forms"
    #: What browsers may keep of a page.
    keeping = "no-store"

    def language_for(self, request: HttpRequest) -> str:
        return language_of(request, self.snapshot)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.snapshot = live()
        try:
            self.language = self.language_for(request)
            # Read here, so that what is too large is told whatever the address says.
            request.POST.get(PARAMETER)
        except TOO_MUCH:
            self.language = self.snapshot.company.languages[0]
            with translation.override(self.language):
                return self._shut(self._too_large(request))
        with translation.override(self.language):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                response.render()
            return self._shut(response)

    def _too_large(self, request: HttpRequest) -> HttpResponse:
        message = _(
            "That is more than can be taken at once. Go back, shorten it, and send it again."
        )
        return self.told(_("Too large"), message, status=413)

    def _shut(self, response: HttpResponseBase) -> HttpResponseBase:
        """Nothing of another host is loaded, and only those who may show the page in a frame do."""
        form: FormDef | None = getattr(self, "form", None)
        embedding = EMBED in self.request.GET
        hosts = " ".join(
            ["'self'", *(form.settings.get("embed", ()) if form and embedding else ())]
        )
        redirect = urlsplit(form.settings.get("redirect", "")) if form else None
        leads = f" {redirect.scheme}://{redirect.netloc}" if redirect and redirect.netloc else ""
        response["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            f"worker-src 'self'; form-action 'self'{leads}; base-uri 'none'; frame-ancestors {hosts}"
        )
        if embedding:
            response.xframe_options_exempt = True  # type: ignore[attr-defined]
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = self.keeping
        response["Content-Language"] = self.language
        return response

    def form_named(self, slug: str) -> FormDef:
        """Raises Http404."""
        found = find(slug)
        if found is None:
            raise Http404
        self.form = found
        return found

    def page(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        known = {
            "company": self.snapshot.company.name,
            "language": self.language,
            "languages": native_names(self.snapshot),
            "embedded": EMBED in self.request.GET,
            "form": getattr(self, "form", None),
        }
        return render(
            self.request, f"{self.folder}/{template}.html", known | context, status=status
        )

    def told(self, title: str, message: str, *, status: int = 200, **more: Any) -> HttpResponse:
        return self.page("told", status=status, title=title, message=message, **more)

    def address(self, name: str, *args: str) -> str:
        query = {PARAMETER: self.language}
        if EMBED in self.request.GET:
            query[EMBED] = "1"
        return f"{reverse(f'{self.space}:{name}', args=args)}?{urlencode(query)}"
