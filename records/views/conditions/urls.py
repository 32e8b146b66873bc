"""Addresses of the condition builder, below the admin's: `<purpose>/<type>/…`."""

from django.urls import path

from records.views.conditions.check import CheckView
from records.views.conditions.fields import FieldsView
from records.views.conditions.rows import RowsView

app_name = "conditions"

urlpatterns = [
    path("<slug:purpose>/<slug:type>/rows/", RowsView.as_view(), name="rows"),
    path("<slug:purpose>/<slug:type>/fields/", FieldsView.as_view(), name="fields"),
    path("<slug:purpose>/<slug:type>/check/", CheckView.as_view(), name="check"),
]
