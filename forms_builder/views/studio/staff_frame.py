"""The preview of a form for staff: as somebody with a role gets it, or as whoever builds it does."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from crm_config.definitions import Snapshot
from forms_builder.definitions import FormDef
from forms_builder.layouts.form import StaffForm
from forms_builder.layouts.uses import USES, said
from records.access import Access
from records.access.people import Standing
from records.forms import layouts, writable
from records.forms.fields import Choices

TEMPLATE = "forms_builder/studio/staff_frame.html"


def access_as(role: str, snapshot: Snapshot, own: Access) -> Access:
    """Of somebody who is in no team and has this role and no other, under the working copy. Nothing is written."""
    known = role in snapshot.roles
    standing = Standing((role,)) if known else own.standing
    return Access(
        snapshot=snapshot, user=None if known else own.user, standing=standing, read_only=True
    )


def staff_frame(
    request: HttpRequest, form: FormDef, snapshot: Snapshot, own: Access
) -> HttpResponse:
    """Sent, it says what is missing, and keeps nothing."""
    access = access_as(request.GET.get("role", ""), snapshot, own)
    record_type = snapshot.types[form.type]
    drawn = None
    if access.may("view", record_type):
        drawn = _form(request, form, access)
        if drawn.is_bound and drawn.is_valid():
            messages.info(request, _("In a preview nothing is kept."))
    return render(
        request,
        TEMPLATE,
        {"form": drawn, "laid_out": form, "record_type": record_type, "action": _address(request)},
    )


def _form(request: HttpRequest, form: FormDef, access: Access) -> StaffForm:
    record_type = access.snapshot.types[form.type]
    use = next((use for use in USES if use in said(form, "used_for")), layouts.CREATE)
    data: Any = request.POST if request.method == "POST" else None
    return StaffForm(
        data,
        None,
        form=form,
        wanted=layouts.Wanted(use, record_type, access, query=request.GET.dict()),
        values=writable.defaults(record_type, access),
        choices=Choices(access),
        in_dialog=True,
    )


def _address(request: HttpRequest) -> str:
    return request.get_full_path()
