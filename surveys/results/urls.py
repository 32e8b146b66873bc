"""Addresses of results, under `/admin/surveys/`."""

from django.urls import path

from surveys.results.views import export, listing, response, results, sharing, verbatims

app_name = "survey_results"

urlpatterns = [
    path("", listing.SurveysView.as_view(), name="list"),
    path("exports/<int:pk>/", export.ExportedView.as_view(), name="exported"),
    path("exports/<int:pk>/file/", export.ExportedFileView.as_view(), name="exported_file"),
    path("<slug:survey>/", results.ResultsView.as_view(), name="results"),
    path("<slug:survey>/said/", verbatims.VerbatimsView.as_view(), name="verbatims"),
    path("<slug:survey>/export/", export.ExportView.as_view(), name="export"),
    path("<slug:survey>/share/", sharing.ShareView.as_view(), name="share"),
    path("<slug:survey>/share/<int:share>/revoke/", sharing.RevokeView.as_view(), name="revoke"),
    path("<slug:survey>/responses/<int:response>/", response.ResponseView.as_view(), name="response"),
]  # fmt: skip
