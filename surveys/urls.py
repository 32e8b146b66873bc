"""Addresses outside the admin."""

from django.urls import include, path

urlpatterns = [
    path("s/", include("surveys.answering.urls")),
]
