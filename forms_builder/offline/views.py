"""Forms without a connection: the worker and the empty shell that a browser keeps, what it is given for them, and
where it sends them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import check_for_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from forms_builder.models import Submission
from forms_builder.offline.kit import kit_of
from forms_builder.offline.offered import offered
from forms_builder.offline.sending import ChangedSince, NotYet, send
from forms_builder.offline.words import words
from records.access import Access
from records.errors import NotVisible
from records.selectors import get
from records.selectors.names import record_url
from records.views.base import RecordsMixin, ScreenMixin

#: Kept by the browser; what these import stands here too.
ASSETS = (
    "forms_builder/js/offline.js",
    "forms_builder/js/offline_page.js",
    "forms_builder/js/sending.js",
    "forms_builder/js/filling.js",
    "forms_builder/js/logic.js",
    "records/js/vault.js",
    "forms_builder/css/form.css",
    "forms_builder/css/offline.css",
    "crm_site/favicon.svg",
)
MOST = 1024 * 1024
KEY = 36


def asset_urls() -> list[str]:
    """Modules are imported by their plain names, whatever name the page calls them by."""
    named = [staticfiles_storage.url(name) for name in ASSETS]
    return sorted({*named, *(f"{settings.STATIC_URL}{name}" for name in ASSETS)})


def version() -> str:
    """Another one once any of the files is: their names carry what is in them."""
    return hashlib.sha256("\n".join(asset_urls()).encode()).hexdigest()[:16]


def spoken(request: HttpRequest) -> str:
    said = request.GET.get("lang", "")
    return said if said.isalpha() and check_for_language(said) else "en"


class WorkerView(View):
    """Rules over the screens of staff alone, whatever its own address; pages of others never pass through it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        shell = f"{reverse('offline_shell')}?lang={spoken(request)}"
        said = {"version": version(), "shell": shell, "assets": asset_urls()}
        context = {"said": json.dumps(said)}
        answer = render(
            request, "forms_builder/offline/worker.js", context, content_type="text/javascript"
        )
        answer["Service-Worker-Allowed"] = reverse("wagtailadmin_home")
        answer["Cache-Control"] = "no-cache"
        return answer


class ShellView(View):
    """The same for everybody: it holds nothing of anybody's, and finds what its browser keeps."""

    def get(self, request: HttpRequest) -> HttpResponse:
        language = spoken(request)
        with translation.override(language):
            context = {"language": language, "words": words(), "urls": urls()}
            answer = render(request, "forms_builder/offline/shell.html", context)
        answer["Content-Security-Policy"] = "default-src 'self'; object-src 'none'; base-uri 'none'"
        answer["Cache-Control"] = "no-cache"
        return answer


def urls() -> dict[str, str]:
    return {
        "kit": reverse("forms:offline_kit"),
        "send": reverse("forms:offline_send"),
        "key": reverse("records:typed_key"),
        "page": reverse("forms:offline"),
        "home": reverse("wagtailadmin_home"),
    }


class OfflineView(ScreenMixin, TemplateView):
    """With a connection: the same forms, and what waits to be sent."""

    template_name = "forms_builder/offline/page.html"
    page_title = gettext_lazy("Without a connection")
    header_icon = "form"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(words=words(), urls=urls(), **kwargs)


@method_decorator(never_cache, name="dispatch")
class KitView(RecordsMixin, View):
    def get(self, request: HttpRequest) -> HttpResponse:
        if self.access.user_id is None or self.access.read_only:
            raise NotVisible("kit")
        return JsonResponse(kit_of(self.access))


@method_decorator(never_cache, name="dispatch")
class SendView(RecordsMixin, View):
    """`values`: what the form's controls say, as a browser would post them. 201 it is written (or was); 409 it is
    somebody else's, or was changed after it was sent; 422 it has to be mended."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            sent = _read(request)
        except (ValueError, KeyError, TypeError) as error:
            raise Http404 from error
        if self.access.user_id is None or self.access.read_only:
            raise NotVisible("send")
        if sent["user"] != str(self.access.user_id):
            return JsonResponse({"why": _("Somebody else filled this in.")}, status=409)
        form = next((f for f in offered(self.access) if f.key == sent["form"]), None)
        if form is None:
            gone = _("You cannot fill in this form any more.")
            return JsonResponse({"errors": {}, "reasons": [gone], "warnings": {}}, status=422)
        try:
            with translation.override(sent["language"]):
                made = send(
                    form,
                    QueryDict(sent["values"]),
                    key=sent["key"],
                    access=self.access,
                    language=sent["language"],
                    acknowledged=sent["acknowledged"],
                )
        except NotYet as why:
            said = {"errors": why.errors, "reasons": why.reasons, "warnings": why.warnings}
            return JsonResponse(said, status=422)
        except ChangedSince:
            message = _("It was sent before you changed it here: change the record itself.")
            return JsonResponse({"why": message}, status=409)
        return JsonResponse(told(made, self.access), status=201)


def _read(request: HttpRequest) -> dict[str, Any]:
    """Raises `ValueError`, `KeyError` or `TypeError`."""
    if len(request.body) > MOST:
        raise ValueError("too much")
    said = json.loads(request.body)
    found = {name: str(said[name]) for name in ("user", "form", "key", "values")}
    if not 8 <= len(found["key"]) <= KEY:
        raise ValueError("no key")
    language = str(said.get("language", ""))
    given = said.get("acknowledged") or {}
    return {
        **found,
        "language": language if language.isalpha() and check_for_language(language) else "en",
        "acknowledged": {str(k): str(v)[:500] for k, v in dict(given).items() if str(v).strip()},
    }


def told(made: Submission, access: Access) -> dict[str, Any]:
    """Where it stands now, for whoever may look at it."""
    own = next((each["id"] for each in made.records if each["what"] == "record"), None)
    if own is None:
        return {}
    try:
        view = get(own, access=access, keys=["title"])
    except NotVisible:
        return {}
    return {"title": view.title, "url": record_url(view.id)}
