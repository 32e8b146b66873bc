"""Addresses of automations, below the admin's."""

from django.urls import path

from workflows.automations.views import converting, notifications, record, runs

app_name = "automations"

urlpatterns = [
    path("automations/record/<int:pk>/", record.RecordAutomationsView.as_view(), name="record"),
    path(
        "automations/record/<int:pk>/<slug:automation>/", record.PressView.as_view(), name="press"
    ),
    path(
        "automations/record/<int:pk>/<slug:automation>/form/",
        converting.ConvertView.as_view(),
        name="convert",
    ),
    path("automations/notices/", notifications.NotificationsView.as_view(), name="notifications"),
    path("automations/runs/<int:pk>/retry/", runs.RetryView.as_view(), name="retry"),
    path("automations/runs/<int:pk>/replay/", runs.ReplayView.as_view(), name="replay"),
    path("automations/runs/<int:pk>/cancel/", runs.CancelView.as_view(), name="cancel"),
]
