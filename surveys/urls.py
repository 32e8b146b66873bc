"""Addresses outside the admin."""

from django.urls import include, path

urlpatterns = [
    path("", include("surveys.results.public_urls")),
    path("s/", include("surveys.answering.urls")),
]
