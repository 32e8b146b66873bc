"""A row that is about nothing yet."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from records.builder.rows.base import Row, RowFault


class NewRow(Row):
    kind = "new"
    template = "records/conditions/new.html"

    def read(self, place: str) -> Any:
        raise RowFault(_("Choose what this line is about, or take it away."))
