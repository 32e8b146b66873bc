"""Wagtail's own doors to documents and images, closed to those of records.

They ask for restrictions of a collection, which superusers pass; files of records are opened through their
records alone.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from records.uploads import COLLECTION


class DocumentsOfPages(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset()
        return found.exclude(collection__name=COLLECTION)


class ImagesOfPages(ImagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset()
        return found.exclude(collection__name=COLLECTION)


def take_the_place_of_wagtails(router: WagtailAPIRouter) -> None:
    router.register_endpoint("documents", DocumentsOfPages)
    router.register_endpoint("images", ImagesOfPages)


def serve_those_of_pages(document: Any, request: HttpRequest) -> None:
    if document.collection.name == COLLECTION:
        raise Http404
