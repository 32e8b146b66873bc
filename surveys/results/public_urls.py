"""The address of results that were shared, outside the admin."""

from django.urls import path

from surveys.results.views.shared import SharedView

urlpatterns = [path("s/results/<str:token>/", SharedView.as_view(), name="shared_results")]
