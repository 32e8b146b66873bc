"""What the work of a follow-up comes from, as the day, its dialogs and the page of the record tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from records.access import Access
from surveys.definitions import surveys_of
from surveys.following import voices
from surveys.following.names import rule_of
from surveys.following.visibility import visible
from surveys.models import FollowUp
from workflows.todo.origins import After, Origin


class FromFollowUps:
    def of(self, ids: Iterable[int], *, access: Access) -> Mapping[int, Origin]:
        if not surveys_of(access.snapshot):
            return {}
        rows = list(visible(access).filter(made__in=ids))
        return {
            line.row.made_id: Origin(_words(line), _url(line.row), _then(line.row, access))
            for line in voices.lines(rows, access)
            if line.row.made_id is not None
        }

    def after(self, record_id: int, *, access: Access) -> After | None:
        """To those who see the follow-up."""
        if not surveys_of(access.snapshot):
            return None
        row = visible(access).filter(made=record_id).first()
        if row is None:
            return None
        if row.status == FollowUp.Status.CLOSED:
            return After(_("The follow-up is closed with it."))
        return After(
            _("The follow-up waits for what came of it."), _url(row), _("Say what came of it")
        )


def _words(line: voices.Line) -> str:
    return _("Follow-up: %(said)s") % {"said": line.said or line.rule}


def _then(row: FollowUp, access: Access) -> str:
    if row.status == FollowUp.Status.CLOSED:
        return ""
    rule = rule_of(row, access.snapshot)
    if rule is not None and rule.outcome:
        return _("Afterwards the follow-up asks what came of it.")
    return _("The follow-up is closed with it, unless there is a next step.")


def _url(row: FollowUp) -> str:
    return reverse("voices:follow_up", args=[row.pk])
