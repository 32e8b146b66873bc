"""Addresses outside the admin."""

from django.urls import path

from workflows.automations.inbound import HookView
from workflows.todo import public

urlpatterns = [
    path("ical/<str:secret>.ics", public.feed, name="calendar_feed"),
    path("hooks/<slug:automation>/<str:secret>/", HookView.as_view(), name="hook"),
]
