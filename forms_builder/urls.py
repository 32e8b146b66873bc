"""Addresses outside the admin."""

from django.urls import include, path

urlpatterns = [path("f/", include("forms_builder.public.urls"))]
