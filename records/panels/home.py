"""Home: a way to everything, and what one was at. Later, one's day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component

from crm_config import publication, rules
from crm_config.models import PromiseCheck
from crm_config.permissions import ADMINISTER
from crm_config.segments import SegmentDef, segments_of
from jobs.models import Job
from jobs.models.job import State
from jobs.selectors import may_operate
from records.access import Access
from records.asker import access_of
from records.models import Delegation
from records.panels.broken import told
from records.selectors import RecordView
from records.selectors.choosing import creatable
from records.selectors.recent import newest_of_mine, recent, starred

MOST = 8


class RecordsPanel(Component):
    """A short list of records."""

    template_name = "records/home/records.html"
    key: str
    heading: Any
    #: Said when there are none.
    empty: Any
    order = 20

    def records(self, access: Access) -> Sequence[RecordView]:
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        access = access_of(parent_context["request"])
        return {
            "key": self.key,
            "heading": self.heading,
            "empty": self.empty,
            "records": self.records(access),
        }


class RecentPanel(RecordsPanel):
    key = "recent"
    heading = gettext_lazy("Looked at last")
    empty = gettext_lazy("What you open shows up here.")
    order = 20

    def records(self, access: Access) -> Sequence[RecordView]:
        return recent(access=access, most=MOST)


class StarredPanel(RecordsPanel):
    key = "starred"
    heading = gettext_lazy("Marked")
    empty = gettext_lazy("Mark a record with the star on its page to have it at hand here.")
    order = 21

    def records(self, access: Access) -> Sequence[RecordView]:
        return starred(access=access, most=MOST)


class MinePanel(RecordsPanel):
    key = "mine"
    heading = gettext_lazy("Mine, newest first")
    empty = gettext_lazy("What you take care of shows up here.")
    order = 22

    def records(self, access: Access) -> Sequence[RecordView]:
        return newest_of_mine(access=access, most=MOST)


class StartPanel(Component):
    """The greeting, the search over everything, and what can be added."""

    template_name = "records/home/start.html"
    order = 0

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        access = access_of(request)
        user = request.user
        return {
            "greeting": greeting(),
            "name": user.first_name or user.get_username(),
            "types": access.visible_types(),
            "stands_for": stood_for(access),
            "creatable": creatable(access),
        }


def broken_rules(access: Access) -> list[dict[str, str]]:
    """Conditions of roles that cannot be read any more: what they would grant is denied meanwhile."""
    return [
        {
            "url": reverse("studio:role", args=[found.role.key]),
            "words": _("%(role)s: a condition on %(type)s cannot be read: %(problem)s")
            % {
                "role": found.role.label,
                "type": found.type.plural_label,
                "problem": found.problems[0],
            },
        }
        for found in rules.broken(access.snapshot)
    ]


def stood_for(access: Access) -> list[Delegation]:
    """The arrangements by which one stands in for others now."""
    if not access.stands_for:
        return []
    rows = Delegation.at_work(access.now).filter(to=access.user_id)
    return list(rows.select_related("of"))


def greeting() -> str:
    hour = timezone.localtime().hour
    if 5 <= hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= hour < 18 else _("Good evening")


class CarePanel(Component):
    """For administrators: what waits for publication, what does not hold, and what failed."""

    template_name = "records/home/care.html"
    order = 10

    def render_html(self, parent_context: Any = None) -> Any:
        user = parent_context["request"].user
        shown = user.has_perm(ADMINISTER) or may_operate(user)
        return super().render_html(parent_context) if shown else ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        administers, access = user.has_perm(ADMINISTER), access_of(parent_context["request"])
        broken = PromiseCheck.objects.filter(draft=False, kept=False)
        ended_badly = Job.objects.filter(state__in=(State.FAILED, State.POISONED))
        return {
            "changes": len(publication.changes()) if administers else 0,
            "broken_rules": broken_rules(access) if administers else [],
            "broken_segments": broken_segments(access) if administers else [],
            "broken_others": told(access.snapshot) if administers else [],
            "broken_promises": broken.count() if administers else 0,
            "review_url": reverse("studio:review"),
            "jobs_url": reverse("operations_jobs_modeladmin_index"),
            "failed": ended_badly.count() if may_operate(user) else 0,
        }


def broken_segments(access: Access) -> list[SegmentDef]:
    """Those whose condition cannot be used as it stands: nobody is in them, and what names them is refused."""
    found = segments_of(access.snapshot).values()
    return [s for s in found if s.broken and not s.retired]


def build_home(request: HttpRequest, panels: list[Any]) -> None:
    """For Wagtail's `construct_homepage_panels`: its own panels are about pages."""
    if not user_has_any_page_permission(request.user):
        panels.clear()
    panels[:0] = [StartPanel(), CarePanel(), RecentPanel(), StarredPanel(), MinePanel()]


def drop_site_summary(request: HttpRequest, items: list[Any]) -> None:
    """For Wagtail's `construct_homepage_summary_items`: numbers of pages, images and documents."""
    if not user_has_any_page_permission(request.user):
        items.clear()
