"""Addresses of jobs, below the admin's."""

from django.urls import path

from jobs import views

app_name = "jobs"

urlpatterns = [
    path("<int:pk>/", views.JobPage.as_view(), name="job"),
    path("<int:pk>/progress/", views.ProgressView.as_view(), name="progress"),
    path("<int:pk>/retry/", views.RetryView.as_view(), name="retry"),
    path("<int:pk>/cancel/", views.CancelView.as_view(), name="cancel"),
    path("schedules/<int:pk>/start/", views.StartView.as_view(), name="start"),
]
