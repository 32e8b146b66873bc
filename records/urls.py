"""Addresses of the screens over records, below the admin's. Those of one type begin with `t/<type>/`."""

from django.urls import path

from records.views import (
    advanced_filter,
    bulk,
    choose,
    columns,
    create,
    edit,
    explain,
    exports,
    field,
    files,
    filter,
    history,
    left_behind,
    lists,
    record,
    removal,
    saved_views,
    search,
    shares,
    star,
)
from records.views.segments import members, overview
from records.views.segments import page as segment

app_name = "records"

urlpatterns = [
    path("search/", search.SearchView.as_view(), name="search"),
    path("choose/<slug:type>/<slug:key>/", choose.ChooseView.as_view(), name="choose"),
    path("bulk/<int:pk>/", bulk.BulkResultView.as_view(), name="bulk_result"),
    path("exports/<int:pk>/", exports.ExportResultView.as_view(), name="export_result"),
    path("exports/<int:pk>/file/", exports.ExportFileView.as_view(), name="export_file"),
    path("left-behind/", left_behind.LeftBehindView.as_view(), name="left_behind"),
    path(
        "left-behind/<slug:type>/<slug:key>/",
        left_behind.LeftBehindFieldView.as_view(),
        name="left_behind_field",
    ),
    path(
        "left-behind/<slug:type>/<slug:key>/file/",
        left_behind.LeftBehindFileView.as_view(),
        name="left_behind_file",
    ),
    path("t/<slug:type>/", lists.ListView.as_view(), name="list"),
    path("t/<slug:type>/count/", lists.CountView.as_view(), name="count"),
    path("t/<slug:type>/filter/", filter.FilterView.as_view(), name="filter"),
    path(
        "t/<slug:type>/filter/advanced/",
        advanced_filter.AdvancedFilterView.as_view(),
        name="advanced_filter",
    ),
    path("t/<slug:type>/columns/", columns.ColumnsView.as_view(), name="columns"),
    path("t/<slug:type>/views/save/", saved_views.SaveView.as_view(), name="save_view"),
    path("t/<slug:type>/views/<int:pk>/", saved_views.ChangeView.as_view(), name="change_view"),
    path("t/<slug:type>/bulk/", bulk.BulkView.as_view(), name="bulk"),
    path("t/<slug:type>/export/", exports.ExportView.as_view(), name="export"),
    path("t/<slug:type>/explain/", explain.ExplainTypeView.as_view(), name="explain_type"),
    path("t/<slug:type>/segments/", overview.SegmentsView.as_view(), name="segments"),
    path("t/<slug:type>/segments/<slug:segment>/", segment.SegmentView.as_view(), name="segment"),
    path(
        "t/<slug:type>/segments/<slug:segment>/count/",
        segment.SegmentCountView.as_view(),
        name="segment_count",
    ),
    path(
        "t/<slug:type>/segments/<slug:segment>/import/",
        members.ImportMembersView.as_view(),
        name="segment_import",
    ),
    path(
        "t/<slug:type>/segment-members/",
        members.SegmentMembersView.as_view(),
        name="segment_members",
    ),
    path("segment-members/<int:pk>/", members.SegmentResultView.as_view(), name="segment_result"),
    path("t/<slug:type>/new/", create.CreateView.as_view(), name="new"),
    path("t/<slug:type>/quick/", create.QuickCreateView.as_view(), name="quick_create"),
    path("<int:pk>/", record.RecordPage.as_view(), name="record"),
    path("<int:pk>/preview/", record.PreviewView.as_view(), name="preview"),
    path("<int:pk>/edit/", edit.EditView.as_view(), name="edit"),
    path("<int:pk>/archive/", removal.ArchiveView.as_view(), name="archive"),
    path("<int:pk>/restore/", removal.RestoreView.as_view(), name="restore"),
    path("<int:pk>/delete/", removal.DeleteView.as_view(), name="delete"),
    path("<int:pk>/explain/", explain.ExplainRecordView.as_view(), name="explain"),
    path("<int:pk>/shares/", shares.SharesView.as_view(), name="shares"),
    path("<int:pk>/shares/<int:share>/take-back/", shares.TakeBackView.as_view(), name="unshare"),
    path("<int:pk>/segments/", members.RecordSegmentsView.as_view(), name="record_segments"),
    path("<int:pk>/star/", star.StarView.as_view(), name="star"),
    path("<int:pk>/timeline/", history.TimelineView.as_view(), name="timeline"),
    path("<int:pk>/history/", history.HistoryView.as_view(), name="history"),
    path("<int:pk>/compare/", history.CompareView.as_view(), name="compare"),
    path(
        "<int:pk>/related/<slug:source>/<slug:field>/",
        record.RelatedView.as_view(),
        name="related",
    ),
    path("<int:pk>/field/<slug:key>/", field.FieldView.as_view(), name="field"),
    path(
        "<int:pk>/field/<slug:key>/put-back/<int:event>/",
        field.PutBackView.as_view(),
        name="put_back",
    ),
    path("<int:pk>/file/<slug:key>/", files.FileView.as_view(), name="file"),
]
