"""The address of an open link as a picture that phones read."""

from __future__ import annotations

from io import BytesIO

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import View

from surveys.answering.links import address_of
from surveys.models import OpenLink


def svg(address: str) -> bytes:
    """Black on white, with the quiet zone that readers need."""
    out = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue()


class QrView(View):
    """Of open links alone: the address of a person is nobody else's."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = OpenLink.objects.filter(token=token[:50], closed_at__isnull=True).first()
        if link is None:
            raise Http404
        response = HttpResponse(svg(address_of(link.token)), content_type="image/svg+xml")
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store"
        return response
