"""Addresses of procedures in the studio."""

from django.urls import path

from workflows.procedures.views import studio

app_name = "procedures_studio"

ONE = "of/<slug:procedure>/"

urlpatterns = [
    path("new/<slug:record_type>/", studio.AddProcedureView.as_view(), name="add"),
    path(ONE, studio.ProcedureView.as_view(), name="procedure"),
    path(f"{ONE}archive/", studio.ArchiveProcedureView.as_view(), name="archive"),
    path(f"{ONE}delete/", studio.DeleteProcedureView.as_view(), name="delete"),
]
