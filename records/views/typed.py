"""What a browser asks about forms while they are filled in: keep this, was anything begun here, it is not wanted any
more, and the key of what the browser itself keeps."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from records import typed
from records.errors import NotVisible
from records.models import TypedDraft
from records.typed import Place
from records.vault import key_of
from records.views.base import RecordMixin, RecordsMixin
from records.views.keeping import DRAFT, TOKEN, KeepsTyped, place_name


def screen_at(request: HttpRequest, address: str) -> tuple[KeepsTyped, str]:
    """The screen at an address of ours, as this person would open it, and the name of its place. Raises `NotVisible`
    where nothing is kept for them there."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404 as error:
        raise NotVisible(address) from error
    view_class: Any = getattr(match.func, "view_class", None)
    ours = isinstance(view_class, type) and issubclass(view_class, KeepsTyped)
    if parts.scheme or parts.netloc or not ours:
        raise NotVisible(address)
    sent = request.POST  # Read before it is copied: a body can be read only once.
    inner: Any = copy(request)
    inner._post = sent
    inner.GET, inner.path, inner.resolver_match = QueryDict(parts.query), parts.path, match
    view: Any = view_class(**match.func.view_initkwargs)  # type: ignore[attr-defined]
    view.setup(inner, *match.args, **match.kwargs)
    try:
        view.may_type()
    except PermissionDenied as error:
        raise NotVisible(address) from error
    return view, place_name(match)


@dataclass(frozen=True)
class Offer:
    """`labels` are of the fields that were typed into; `changed`: the record, since."""

    token: str
    url: str
    began_at: datetime
    labels: list[str]
    changed: bool


def offers(view: KeepsTyped, drafts: list[TypedDraft]) -> list[Offer]:
    """Without those of which the person may fill in nothing any more."""
    if not drafts:
        return []
    labels = {
        form.add_prefix(key): str(field.label)
        for form in view.typed_forms()
        for key, field in form.fields.items()
    }
    version = view.record.version if isinstance(view, RecordMixin) else 0
    return [
        Offer(
            d.token,
            _with(d.address, d.token),
            d.began_at,
            named,
            (d.base_version or version) < version,
        )
        for d in drafts
        if (named := [labels[key] for key in d.keys if key in labels])
    ]


def _with(address: str, token: str) -> str:
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, urlencode({DRAFT: token})]))
    return f"{parts.path}?{query}"


@method_decorator(never_cache, name="dispatch")
class TypedView(RecordsMixin, View):
    """GET: what was begun at an address; 204 where nothing is kept there. POST, with what the form would send: keep
    it. 204 it is kept, 404 not here, 410 it was sent or discarded, 413 it is too much."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user_id = self.access.user_id
        try:
            view, place = screen_at(request, request.GET.get("address", ""))
        except NotVisible:
            return HttpResponse(status=204)
        if user_id is None or self.access.read_only:
            return HttpResponse(status=204)
        going_on = request.GET.get(DRAFT, "")
        found = [d for d in typed.begun(user_id, place) if d.token != going_on]
        context = {"offers": offers(view, found), "in_part": request.GET.get("part") == "1"}
        return HttpResponse(render_to_string("records/typed/offers.html", context, request))

    def post(self, request: HttpRequest) -> HttpResponse:
        token, user_id = request.GET.get("token", ""), self.access.user_id
        if user_id is None or self.access.read_only or not TOKEN.fullmatch(token):
            raise NotVisible(token)
        address = request.GET.get("address", "")
        view, name = screen_at(request, address)
        forms = list(view.typed_forms(request.POST))
        keys = typed.changed(forms)
        record_id = view.record.id if isinstance(view, RecordMixin) else None
        place = Place(name, address, record_id, _base_of(view, request))
        values = typed.said(request.POST, keys, forms)
        try:
            typed.keep(user_id, token, place, keys=keys, values=values, at=_moment(request))
        except typed.Ended:
            return HttpResponse(status=410)
        except typed.TooLarge:
            return HttpResponse(status=413)
        return HttpResponse(status=204)


def _base_of(view: KeepsTyped, request: HttpRequest) -> int | None:
    if not isinstance(view, RecordMixin):
        return None
    given = request.POST.get("base_version", "")
    return (
        int(given)
        if given.isascii() and given.isdigit() and len(given) < 10
        else view.record.version
    )


def _moment(request: HttpRequest) -> datetime:
    """When it was typed, as the browser says: milliseconds since 1970."""
    given = request.GET.get("at", "")
    if not (given.isascii() and given.isdigit() and len(given) < 15):
        return timezone.now()
    return datetime.fromtimestamp(int(given) / 1000, tz=UTC)


class DiscardTypedView(RecordsMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        token = request.POST.get("token", "")
        if self.access.user_id is None or self.access.read_only or not TOKEN.fullmatch(token):
            raise NotVisible(token)
        typed.end(self.access.user_id, token)
        return HttpResponse(status=204)


@method_decorator(never_cache, name="dispatch")
class KeyView(RecordsMixin, View):
    """The key of what a person's browsers keep: told to nobody else, and to nobody who only looks as them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.access.user_id is None or self.access.read_only:
            raise NotVisible("key")
        return JsonResponse({"user": self.access.user_id, "key": key_of(self.access.user_id)})
