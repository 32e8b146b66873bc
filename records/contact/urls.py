"""Addresses outside the admin: what whoever got a mail can say about it."""

from django.urls import path

from records.contact.views.preferences import PreferencesView

app_name = "contact"

urlpatterns = [path("<str:sealed>/", PreferencesView.as_view(), name="preferences")]
