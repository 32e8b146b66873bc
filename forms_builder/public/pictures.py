"""Pictures on public pages: those that something published shows, and no others. Wagtail's own addresses ask for a
login."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import View
from wagtail.images import get_image_model

from forms_builder.definitions import ItemDef
from forms_builder.public.opening import find

SPEC = "max-800x800"


def for_everybody(numbers: Iterable[int]) -> Mapping[int, Any]:
    """The images that may stand on a public page, by number: those that are there, and in no restricted
    collection."""
    found = get_image_model().objects.filter(pk__in=set(numbers)).select_related("collection")
    shut: dict[int, bool] = {}
    for image in found:
        if image.collection_id not in shut:
            shut[image.collection_id] = bool(image.collection.get_view_restrictions())
    return {image.pk: image for image in found if not shut[image.collection_id]}


def shown(item: ItemDef) -> Any:
    """The rendition of an image item, or None."""
    number = item.options["image"]
    image = for_everybody([number]).get(number)
    return image.get_rendition(SPEC) if image is not None else None


def served(rendition: Any, *, keeping: str) -> HttpResponseBase:
    """`keeping`: who may keep it, "public" or "private". Raises Http404 where its file is gone."""
    try:
        response = FileResponse(rendition.file.open("rb"))
    except FileNotFoundError as error:
        raise Http404 from error
    response["Cache-Control"] = f"{keeping}, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class PictureView(View):
    def get(self, request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
        form = find(slug)
        item = form.items.get(key) if form else None
        rendition = shown(item) if item is not None and item.kind == "image" else None
        if rendition is None:
            raise Http404
        return served(rendition, keeping="public")
