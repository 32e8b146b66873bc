"""The pictures of options, small, for whoever has the address of the survey that shows them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.generic import View

from crm_config.live import live
from forms_builder.public.pictures import for_everybody, served
from surveys.answering.opening import stop
from surveys.answering.visits import find
from surveys.questions.picturing import numbers_of

SPEC = "fill-320x240|format-webp|webpquality-{quality}"
#: Tried one after the other, until it is small enough.
QUALITIES = (70, 40, 15)
#: Bytes. Pictures come after the page, one by one as they are looked at, and each counts for itself.
MOST = 30_000


def address_of(token: str, number: int) -> str:
    return reverse("public_surveys:picture", args=[token, number])


def small(image: Any) -> Any:
    """A rendition of at most `MOST` bytes; None where there is none, or its file is gone or no picture."""
    for quality in QUALITIES:
        try:
            found = image.get_rendition(SPEC.format(quality=quality))
            if found.file.size <= MOST:
                return found
        except OSError:
            return None
    return None


class PictureView(View):
    def get(self, request: HttpRequest, token: str, number: int) -> HttpResponseBase:
        """Of the pictures of the house those that this survey shows, and only while it can be answered."""
        snapshot = live()
        visit = find(token, snapshot)
        if visit.survey is None or stop(visit, snapshot) is not None:
            raise Http404
        if number not in numbers_of(visit.survey.questions.values()):
            raise Http404
        image = for_everybody([number]).get(number)
        rendition = small(image) if image is not None else None
        if rendition is None:
            raise Http404
        return served(rendition, keeping="private")
