"""Addresses of automations in the studio."""

from django.urls import path

from workflows.automations.views import studio

app_name = "automation_studio"

urlpatterns = [
    path("", studio.AutomationsView.as_view(), name="all"),
    path("new/", studio.TriggersView.as_view(), name="triggers"),
    path("add/", studio.AddView.as_view(), name="add"),
    path("<slug:automation>/", studio.EditView.as_view(), name="edit"),
    path("<slug:automation>/delete/", studio.DeleteView.as_view(), name="delete"),
    path("<slug:automation>/try/", studio.TryView.as_view(), name="try"),
    path(
        "<slug:automation>/actions/",
        studio.ActionKindsView.as_view(),
        name="actions",
    ),
    path("<slug:automation>/move/", studio.ArrangeView.as_view(), name="arrange"),
    path(
        "<slug:automation>/add/<slug:kind>/",
        studio.AddActionView.as_view(),
        name="add_action",
    ),
    path(
        "<slug:automation>/action/<slug:step>/",
        studio.ActionView.as_view(),
        name="action",
    ),
]
