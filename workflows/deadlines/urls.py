"""Addresses of deadlines, below the admin's."""

from django.urls import path

from workflows.deadlines.views import report

app_name = "deadlines"

urlpatterns = [path("", report.ReportView.as_view(), name="report")]
