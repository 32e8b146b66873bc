"""Addresses of the to-do list, below the admin's."""

from django.urls import path

from workflows.todo import views
from workflows.todo.screens import planning, rescheduling, timing

app_name = "todo"

urlpatterns = [
    path("", views.TodoView.as_view(), name="index"),
    path("calendar/", views.CalendarView.as_view(), name="calendar"),
    path("feed/", views.FeedView.as_view(), name="feed"),
    path("add/", views.AddView.as_view(), name="add"),
    path("settings/", timing.SettingsView.as_view(), name="settings"),
    path("<int:pk>/repeat/", timing.RepeatView.as_view(), name="repeat"),
    path("<int:pk>/remind/", timing.RemindView.as_view(), name="remind"),
    path("plan/<str:type>/", planning.PlanView.as_view(), name="plan"),
    path("planned/<uuid:batch>/", planning.PlannedView.as_view(), name="planned"),
    path("<int:pk>/move/", rescheduling.RescheduleView.as_view(), name="reschedule"),
    path("<int:pk>/done/", views.DoneView.as_view(), name="done"),
    path("<int:pk>/snooze/", views.SnoozeView.as_view(), name="snooze"),
]
