"""Addresses of forms below the admin's."""

from django.urls import path

from forms_builder.views import replaying

app_name = "forms"

urlpatterns = [
    path(
        "forms/submissions/<int:pk>/replay/",
        replaying.ReplaySubmissionView.as_view(),
        name="replay_submission",
    ),
    path(
        "forms/messages/<int:pk>/replay/",
        replaying.ReplayMessageView.as_view(),
        name="replay_inboundmessage",
    ),
]
