"""Addresses outside the admin."""

from django.urls import include, path

from forms_builder.inbound.views import InboundView
from forms_builder.offline.views import ShellView, WorkerView

urlpatterns = [
    path("f/", include("forms_builder.public.urls")),
    path("offline/shell/", ShellView.as_view(), name="offline_shell"),
    path("offline/worker.js", WorkerView.as_view(), name="offline_worker"),
    path("in/<slug:key>/", InboundView.as_view(), name="inbound"),
]
