"""Gives the records' screens the form that was laid out for them."""

from __future__ import annotations

from functools import partial

from forms_builder.engine.logic import Broken, logic_of
from forms_builder.layouts.form import StaffForm
from forms_builder.layouts.uses import chosen
from records.forms.layouts import Make, Wanted


def find(wanted: Wanted) -> Make | None:
    """One that cannot be read any more is left out: the form made from the fields takes its place, and
    administrators are told."""
    form = chosen(wanted)
    if form is None:
        return None
    try:
        logic_of(form, wanted.access.snapshot)
    except Broken:
        return None
    return partial(StaffForm, form=form, wanted=wanted)
