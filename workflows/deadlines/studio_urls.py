"""Addresses of business calendars and service levels in the studio."""

from django.urls import path

from workflows.deadlines.views import calendars, levels

app_name = "deadline_studio"

urlpatterns = [
    path("calendars/", calendars.CalendarsView.as_view(), name="calendars"),
    path("calendars/new/", calendars.AddCalendarView.as_view(), name="calendar_add"),
    path("calendars/<slug:calendar>/", calendars.CalendarView.as_view(), name="calendar"),
    path(
        "calendars/<slug:calendar>/delete/",
        calendars.DeleteCalendarView.as_view(),
        name="calendar_delete",
    ),
    path("levels/", levels.LevelsView.as_view(), name="levels"),
    path("levels/new/", levels.TypesView.as_view(), name="types"),
    path("levels/add/", levels.AddLevelView.as_view(), name="level_add"),
    path("levels/<slug:level>/", levels.LevelView.as_view(), name="level"),
    path("levels/<slug:level>/delete/", levels.DeleteLevelView.as_view(), name="level_delete"),
    path("levels/<slug:level>/targets/", levels.AddTargetView.as_view(), name="target_add"),
    path("levels/<slug:level>/targets/<slug:target>/", levels.TargetView.as_view(), name="target"),
    path(
        "levels/<slug:level>/targets/<slug:target>/delete/",
        levels.DeleteTargetView.as_view(),
        name="target_delete",
    ),
]
