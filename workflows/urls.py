"""Addresses outside the admin."""

from django.urls import path

from workflows.todo import public

urlpatterns = [path("ical/<str:secret>.ics", public.feed, name="calendar_feed")]
