"""Addresses of mail templates in the studio."""

from django.urls import path

from workflows.automations.views import templates

app_name = "template_studio"

urlpatterns = [
    path("", templates.TemplatesView.as_view(), name="all"),
    path("new/", templates.TypesView.as_view(), name="types"),
    path("add/", templates.AddView.as_view(), name="add"),
    path("<slug:template>/", templates.EditView.as_view(), name="edit"),
    path("<slug:template>/preview/", templates.PreviewView.as_view(), name="preview"),
    path("<slug:template>/archive/", templates.ArchiveView.as_view(), name="archive"),
    path("<slug:template>/delete/", templates.DeleteView.as_view(), name="delete"),
]
