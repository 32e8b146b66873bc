"""Addresses of inbound hooks in the studio."""

from django.urls import path

from forms_builder.inbound import studio

app_name = "inbound_studio"

urlpatterns = [
    path("", studio.HooksView.as_view(), name="hooks"),
    path("new/", studio.AddHookView.as_view(), name="add"),
    path("<slug:hook>/", studio.HookView.as_view(), name="hook"),
    path("<slug:hook>/delete/", studio.DeleteHookView.as_view(), name="delete"),
]
