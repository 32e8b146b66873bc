"""Addresses of approvals, under `/admin/approvals/`."""

from django.urls import path

from workflows.approvals.views.listing import ApprovalsView
from workflows.approvals.views.one import RequestView, WithdrawView

app_name = "approvals"
urlpatterns = [
    path("", ApprovalsView.as_view(), name="list"),
    path("<int:pk>/", RequestView.as_view(), name="request"),
    path("<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw"),
]
