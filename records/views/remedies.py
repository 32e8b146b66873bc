"""Doing what an explanation says it would take: administrators are told what comes of it, and agree."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from crm_config.models import User
from crm_config.permissions import ADMINISTER
from records.errors import Forbidden, NotVisible
from records.explain import Remedy
from records.explain.doing import give_role, said, widen
from records.views.base import Crumbs
from records.views.explain import ExplainRecordView, ExplainTypeView, ExplainView

IN_DRAFT = frozenset({"scope", "grant"})


class RemedyMixin(ExplainView):
    """Which of the remedies, the address says by its kind and role; they are worked out anew."""

    part_template = "records/explain/remedy.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(self.may_do)
        return self._show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(self.may_do and not self.access.read_only)
        try:
            return self.leave(self._grant() if self.remedy.kind in IN_DRAFT else self._give())
        except Forbidden as error:
            return self._show(str(error))

    def _show(self, refused: str = "") -> HttpResponse:
        try:
            changes = said(self.remedy, self.type_key) if self.remedy.kind in IN_DRAFT else []
        except Forbidden as error:
            changes, refused = [], str(error)
        in_draft = self.remedy.kind in IN_DRAFT
        return self.render_to_response(
            self.get_context_data(
                remedy=self.remedy, changes=changes, in_draft=in_draft, refused=refused
            )
        )

    def _grant(self) -> str:
        widen(self.remedy, self.type_key)
        messages.success(
            self.request, _("It stands in the working copy, and holds once that is published.")
        )
        return reverse("studio:review")

    def _give(self) -> str:
        user = cast(User, self.subject.user)
        give_role(self.remedy, user, by=cast(User, self.request.user))
        messages.success(self.request, _("%(name)s has the role now.") % {"name": user})
        return self.explained

    @property
    def may_do(self) -> bool:
        return bool(self.request.user.has_perm(ADMINISTER))

    @cached_property
    def remedy(self) -> Remedy:
        wanted = (self.request.GET.get("kind"), self.request.GET.get("role"))
        found = (r for r in self.explanation.remedies if r.kind in (*IN_DRAFT, "role"))
        chosen = next((r for r in found if (r.kind, r.role) == wanted), None)
        if chosen is None:
            raise NotVisible(wanted)
        return chosen

    @property
    def type_key(self) -> str:
        return self.explanation.type.key

    @property
    def explained(self) -> str:
        """The explanation that it began from."""
        return f"{self.explanation_url}?{urlencode({'user': self.subject.user_id, 'action': self.asked})}"

    @property
    def explanation_url(self) -> str:
        raise NotImplementedError

    def get_page_title(self) -> str:
        return _("Make it so")

    def above(self) -> Crumbs:
        return [*super().above(), {"label": _("Explain"), "url": self.explained}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            here=self.request.get_full_path(), explained=self.explained, **kwargs
        )


class RecordRemedyView(RemedyMixin, ExplainRecordView):
    @property
    def explanation_url(self) -> str:
        return reverse("records:explain", args=[self.record.pk])


class TypeRemedyView(RemedyMixin, ExplainTypeView):
    @property
    def explanation_url(self) -> str:
        return reverse("records:explain_type", args=[self.record_type.key])
