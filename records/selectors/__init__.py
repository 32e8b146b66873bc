"""The door out: every read of a record goes through here, with an `Access`.

What somebody may not see is not there: not in lists, counts, names of linked records, history or search.
"""

from records.selectors.lists import Page, Query, count, first_rows, page, visible
from records.selectors.reading import RecordView, bare_views, get, view_of, views_of

__all__ = [
    "Page",
    "Query",
    "RecordView",
    "bare_views",
    "count",
    "first_rows",
    "get",
    "page",
    "view_of",
    "views_of",
    "visible",
]
