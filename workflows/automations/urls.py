"""Addresses of automations, below the admin's."""

from django.urls import path

from workflows.automations.views import notifications, record, runs, studio

app_name = "automations"

urlpatterns = [
    path("automations/record/<int:pk>/", record.RecordAutomationsView.as_view(), name="record"),
    path(
        "automations/record/<int:pk>/<slug:automation>/", record.PressView.as_view(), name="press"
    ),
    path("automations/notices/", notifications.NotificationsView.as_view(), name="notifications"),
    path("automations/runs/<int:pk>/retry/", runs.RetryView.as_view(), name="retry"),
    path("automations/runs/<int:pk>/replay/", runs.ReplayView.as_view(), name="replay"),
    path("automations/runs/<int:pk>/cancel/", runs.CancelView.as_view(), name="cancel"),
    path("studio/automations/", studio.AutomationsView.as_view(), name="all"),
    path("studio/automations/new/", studio.TriggersView.as_view(), name="triggers"),
    path("studio/automations/add/", studio.AddView.as_view(), name="add"),
    path("studio/automations/<slug:automation>/", studio.EditView.as_view(), name="edit"),
    path(
        "studio/automations/<slug:automation>/delete/", studio.DeleteView.as_view(), name="delete"
    ),
    path("studio/automations/<slug:automation>/try/", studio.TryView.as_view(), name="try"),
    path(
        "studio/automations/<slug:automation>/actions/",
        studio.ActionKindsView.as_view(),
        name="actions",
    ),
    path(
        "studio/automations/<slug:automation>/move/", studio.ArrangeView.as_view(), name="arrange"
    ),
    path(
        "studio/automations/<slug:automation>/add/<slug:kind>/",
        studio.AddActionView.as_view(),
        name="add_action",
    ),
    path(
        "studio/automations/<slug:automation>/action/<slug:step>/",
        studio.ActionView.as_view(),
        name="action",
    ),
]
