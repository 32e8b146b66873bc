"""What a row is told when the gate refuses it: also how to do what an import cannot."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from records.forms.reasons import APPROVAL, WARNED
from records.gate import Refusal

HOW: Mapping[str, str | Promise] = {
    WARNED: _(
        "An import cannot give a reason: enter this row by its form, which asks for it, or send it over the API."
    ),
    APPROVAL: _(
        "An import cannot ask others: enter this row by its form, and ask for approval there."
    ),
}


def worded(refusal: Refusal) -> str:
    how = HOW.get(refusal.code)
    return f"{refusal.message} {how}" if how else str(refusal.message)
