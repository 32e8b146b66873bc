"""Why somebody may do something with a record, or may not: the tree of what was asked, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from crm_config.definitions import ACTIONS, TypeDef
from crm_config.words.access import ACTIONS as ACTION_WORDS
from records.access import Access
from records.errors import NotVisible
from records.explain import Explanation, Remedy, explain
from records.forms.people import People
from records.models import Record
from records.selectors.explaining import administers, record_about, subject, type_about
from records.selectors.names import record_url
from records.selectors.reading import shown_title, view_of
from records.views.base import Crumbs, ScreenMixin, list_url


@dataclass(frozen=True)
class Offered:
    """`url` leads administrators to where it is done; empty where there is no such place."""

    remedy: Remedy
    url: str = ""


class ExplainView(ScreenMixin, TemplateView):
    part_template = "records/explain/explain.html"
    header_icon = "help"

    def about(self) -> Record | TypeDef:
        raise NotImplementedError

    @cached_property
    def asked(self) -> str:
        """What is asked about."""
        action = self.request.GET.get("action", "view")
        if action not in ACTIONS:
            raise NotVisible(action)
        return action

    @cached_property
    def subject(self) -> Access:
        return subject(self.request.GET.get("user", ""), viewer=self.access)

    @cached_property
    def explanation(self) -> Explanation:
        return explain(
            self.subject,
            self.asked,
            self.about(),
            viewer=self.access,
            to=self.request.GET.get("stage", ""),
        )

    def get_page_title(self) -> str:
        return _("Explain")

    def get_breadcrumbs_items(self) -> Crumbs:
        record_type = self.explanation.type
        return [
            *self.breadcrumbs_items,
            {"label": record_type.plural_label, "url": list_url(record_type)},
            *self.above(),
            {"label": self.get_page_title(), "url": ""},
        ]

    def above(self) -> Crumbs:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_ask = administers(self.access)
        return super().get_context_data(
            explanation=self.explanation,
            remedies=[self.offered(each) for each in self.explanation.remedies],
            administers=may_ask,
            action_choices=ACTION_WORDS.items(),
            asked=self.asked,
            users=People(self.access).users if may_ask else (),
            subject_id=self.subject.user_id,
            address=self.request.path,
            **kwargs,
        )

    def offered(self, remedy: Remedy) -> Offered:
        if not administers(self.access):
            return Offered(remedy)
        if remedy.kind in ("scope", "grant"):
            return Offered(remedy, reverse("studio:role", args=[remedy.role]) + "#tab-access")
        if remedy.kind == "role":
            return Offered(remedy, reverse("studio:role", args=[remedy.role]) + "#tab-members")
        return Offered(remedy, self.url_of(remedy.kind))

    def url_of(self, kind: str) -> str:
        return ""


class ExplainRecordView(ExplainView):
    @cached_property
    def record(self) -> Record:
        return record_about(self.kwargs["pk"], viewer=self.access)

    def about(self) -> Record:
        return self.record

    def url_of(self, kind: str) -> str:
        if not self.seen:
            return ""
        name = {"share": "records:shares", "restore": "records:restore"}[kind]
        return reverse(name, args=[self.record.pk])

    @cached_property
    def seen(self) -> bool:
        """Whether whoever asks sees the record."""
        return self.access.allows("view", self.record, self.explanation.type)

    @cached_property
    def title(self) -> str:
        if self.seen:
            return view_of(self.record, access=self.access).title
        return shown_title("", self.record.pk, self.explanation.type)

    @property
    def back(self) -> str:
        return record_url(self.record.pk) if self.seen else list_url(self.explanation.type)

    def above(self) -> Crumbs:
        return [{"label": self.title, "url": self.back}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, back=self.back, **kwargs)


class ExplainTypeView(ExplainView):
    @cached_property
    def record_type(self) -> TypeDef:
        return type_about(self.kwargs["type"], viewer=self.access)

    def about(self) -> TypeDef:
        return self.record_type

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = self.record_type.plural_label
        return super().get_context_data(title=title, back=list_url(self.record_type), **kwargs)
