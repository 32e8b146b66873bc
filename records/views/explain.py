"""Why somebody may do something with a record, or may not: the tree of what was asked, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from crm_config.definitions import ACTIONS, FieldDef, TypeDef
from crm_config.field_types.base import Text
from crm_config.permissions import ADMINISTER
from crm_config.words.access import ACTIONS as ACTION_WORDS
from records.access import Access
from records.errors import NotVisible
from records.explain import Explanation, Remedy, explain
from records.explain.fields import NEEDED, fields_about
from records.explain.reader import Reader
from records.forms.people import People
from records.models import Record
from records.selectors.explaining import administers, record_about, subject, type_about
from records.selectors.names import record_url
from records.selectors.reading import shown_title, view_of
from records.views.base import Crumbs, ScreenMixin, list_url

#: What the buttons do, by the remedy's kind.
LABELS: Mapping[str, Text] = {
    "share": gettext_lazy("Share it"),
    "scope": gettext_lazy("Widen the role"),
    "grant": gettext_lazy("Widen the role"),
    "field": gettext_lazy("Open the role"),
    "role": gettext_lazy("Give the role"),
    "restore": gettext_lazy("Restore it"),
}


@dataclass(frozen=True)
class Offered:
    """`url` leads administrators to where it is done, with everything filled in; empty where there is no such
    place. `label` says what the button does."""

    remedy: Remedy
    url: str = ""
    label: Text = ""

    @property
    def in_part(self) -> bool:
        """Whether it stays in the dialog that the explanation stands in."""
        return self.remedy.kind not in ("restore", "field")


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
            field=self.field,
        )

    @property
    def field(self) -> str:
        """Which one is asked about; empty for the whole."""
        return self.request.GET.get("field", "") if self.asked in NEEDED else ""

    def fields(self) -> list[FieldDef]:
        """Those that can be asked about."""
        return []

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
            fields=self.fields(),
            field=self.field,
            address=self.request.path,
            **kwargs,
        )

    def offered(self, remedy: Remedy) -> Offered:
        url = self.url_of(remedy) if administers(self.access) else ""
        return Offered(remedy, url, LABELS.get(remedy.kind, "")) if url else Offered(remedy)

    def url_of(self, remedy: Remedy) -> str:
        """Whoever asks by a grant of theirs may yet not describe the company, as after the draft took it away."""
        if remedy.kind not in ("scope", "grant", "role") or not self.request.user.has_perm(
            ADMINISTER
        ):
            return ""
        asked = {"user": self.subject.user_id, "action": self.asked}
        return f"{self.remedy_url}?{urlencode({**asked, 'kind': remedy.kind, 'role': remedy.role})}"

    @property
    def remedy_url(self) -> str:
        raise NotImplementedError


class ExplainRecordView(ExplainView):
    @cached_property
    def record(self) -> Record:
        return record_about(self.kwargs["pk"], viewer=self.access)

    def about(self) -> Record:
        return self.record

    @property
    def remedy_url(self) -> str:
        return reverse("records:explain_do", args=[self.record.pk])

    def url_of(self, remedy: Remedy) -> str:
        if remedy.kind == "share" and self._may("share"):
            given = {"holder": f"user:{self.subject.user_id}", "level": remedy.level}
            return f"{reverse('records:shares', args=[self.record.pk])}?{urlencode(given)}"
        if remedy.kind == "restore" and self._may("delete"):
            return reverse("records:restore", args=[self.record.pk])
        if remedy.kind == "field" and self.request.user.has_perm(ADMINISTER):
            return reverse("studio:role", args=[remedy.role])
        return super().url_of(remedy)

    def _may(self, action: str) -> bool:
        """Whether whoever asks could do it."""
        return self.access.allows(action, self.record, self.explanation.type)

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

    def fields(self) -> list[FieldDef]:
        return fields_about(Reader(self.access, self.explanation.type, self.record))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, back=self.back, **kwargs)


class ExplainTypeView(ExplainView):
    @cached_property
    def record_type(self) -> TypeDef:
        return type_about(self.kwargs["type"], viewer=self.access)

    def about(self) -> TypeDef:
        return self.record_type

    @property
    def remedy_url(self) -> str:
        return reverse("records:explain_type_do", args=[self.record_type.key])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = self.record_type.plural_label
        return super().get_context_data(title=title, back=list_url(self.record_type), **kwargs)
