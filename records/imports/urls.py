"""Addresses of imports, below the admin's."""

from django.urls import path

from records.views.imports import columns, downloads, mappings, run, upload

app_name = "imports"

urlpatterns = [
    path("new/", upload.UploadView.as_view(), name="new"),
    path("<int:pk>/", run.RunView.as_view(), name="run"),
    path("<int:pk>/columns/", columns.ColumnsView.as_view(), name="columns"),
    path("<int:pk>/read-again/", columns.ReadAgainView.as_view(), name="read_again"),
    path("<int:pk>/try/", run.TryView.as_view(), name="try"),
    path("<int:pk>/correct/", run.CorrectView.as_view(), name="correct"),
    path("<int:pk>/start/", run.StartView.as_view(), name="start"),
    path("<int:pk>/stop/", run.StopView.as_view(), name="stop"),
    path("<int:pk>/take-up/", run.TakeUpView.as_view(), name="take_up"),
    path("<int:pk>/discard/", run.DiscardView.as_view(), name="discard"),
    path("<int:pk>/save-mapping/", run.SaveMappingView.as_view(), name="save_mapping"),
    path("<int:pk>/file/", downloads.SourceView.as_view(), name="file"),
    path("<int:pk>/mapping.json", downloads.RunMappingView.as_view(), name="mapping"),
    path("<int:pk>/<slug:which>.<slug:suffix>", downloads.SheetView.as_view(), name="sheet"),
    path("mappings/<int:pk>.json", downloads.SavedMappingView.as_view(), name="saved_mapping"),
    path("mappings/<int:pk>/delete/", mappings.DeleteMappingView.as_view(), name="delete_mapping"),
]
