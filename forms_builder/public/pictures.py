"""Pictures on public forms: those that a published form shows, and no others. Wagtail's own addresses ask for a
login."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import View
from wagtail.images import get_image_model

from forms_builder.definitions import ItemDef
from forms_builder.public.opening import find

SPEC = "max-800x800"


def shown(item: ItemDef) -> Any:
    """The rendition, or None: pictures of restricted collections are none of a public page's."""
    image = get_image_model().objects.filter(pk=item.options["image"]).first()
    if image is None or image.collection.get_view_restrictions():
        return None
    return image.get_rendition(SPEC)


class PictureView(View):
    def get(self, request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
        form = find(slug)
        item = form.items.get(key) if form else None
        rendition = shown(item) if item is not None and item.kind == "image" else None
        if rendition is None:
            raise Http404
        response = FileResponse(rendition.file.open("rb"))
        response["Cache-Control"] = "public, max-age=3600"
        response["X-Content-Type-Options"] = "nosniff"
        return response
