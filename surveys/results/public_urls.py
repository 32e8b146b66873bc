"""The addresses of results that were shared, outside the admin."""

from django.urls import path

from surveys.results.views.shared import SharedSummaryView, SharedView

urlpatterns = [
    path("s/results/<str:token>/", SharedView.as_view(), name="shared_results"),
    path("s/results/<str:token>/pdf/", SharedSummaryView.as_view(), name="shared_summary"),
]
