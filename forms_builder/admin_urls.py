"""Addresses of forms below the admin's."""

from django.urls import path

from forms_builder.offline import views as offline
from forms_builder.views import replaying

app_name = "forms"

urlpatterns = [
    path("offline/", offline.OfflineView.as_view(), name="offline"),
    path("offline/kit/", offline.KitView.as_view(), name="offline_kit"),
    path("offline/send/", offline.SendView.as_view(), name="offline_send"),
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
