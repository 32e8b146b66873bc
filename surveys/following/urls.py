"""Addresses of follow-ups, under `/admin/voices/`."""

from django.urls import path

from surveys.following.views.listing import VoicesView
from surveys.following.views.one import FollowUpView, ReopenView, TakeView, TryAgainView

app_name = "voices"
urlpatterns = [
    path("", VoicesView.as_view(), name="list"),
    path("<int:pk>/", FollowUpView.as_view(), name="follow_up"),
    path("<int:pk>/take/", TakeView.as_view(), name="take"),
    path("<int:pk>/reopen/", ReopenView.as_view(), name="reopen"),
    path("<int:pk>/try-again/", TryAgainView.as_view(), name="try_again"),
]
