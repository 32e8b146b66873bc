"""Addresses of the to-do list, below the admin's."""

from django.urls import path

from workflows.todo import views

app_name = "todo"

urlpatterns = [
    path("", views.TodoView.as_view(), name="index"),
    path("calendar/", views.CalendarView.as_view(), name="calendar"),
    path("feed/", views.FeedView.as_view(), name="feed"),
    path("add/", views.AddView.as_view(), name="add"),
    path("<int:pk>/done/", views.DoneView.as_view(), name="done"),
    path("<int:pk>/snooze/", views.SnoozeView.as_view(), name="snooze"),
]
