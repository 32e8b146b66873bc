"""Addresses of approval processes in the studio."""

from django.urls import path

from workflows.approvals.views import studio

app_name = "approvals_studio"

ONE = "of/<slug:process>/"

urlpatterns = [
    path("", studio.ProcessesView.as_view(), name="all"),
    path("new/", studio.TypesView.as_view(), name="types"),
    path("new/<slug:record_type>/", studio.AddProcessView.as_view(), name="add"),
    path(ONE, studio.ProcessView.as_view(), name="process"),
    path(f"{ONE}archive/", studio.ArchiveProcessView.as_view(), name="archive"),
    path(f"{ONE}delete/", studio.DeleteProcessView.as_view(), name="delete"),
]
