"""Addresses outside the admin."""

from django.urls import include, path

from forms_builder.inbound.views import InboundView

urlpatterns = [
    path("f/", include("forms_builder.public.urls")),
    path("in/<slug:key>/", InboundView.as_view(), name="inbound"),
]
