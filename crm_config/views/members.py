"""Who came to a role or a team and who left it, when, and by whose doing."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry

from crm_config.members import ROLE_MEMBERS, TEAM_MEMBERS
from crm_config.views.base import StudioView

#: The latest are shown; Wagtail's history of the site has them all.
MOST = 200


class MembersHistoryView(StudioView):
    template_name = "crm_config/studio/members_history.html"
    page_title = gettext_lazy("Who came and went")
    header_icon = "history"

    def instance(self) -> Model:
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = registry.get_logs_for_instance(self.instance())
        entries = told.filter(action__in=(ROLE_MEMBERS, TEAM_MEMBERS)).select_related("user")
        return super().get_context_data(entries=entries[:MOST], **kwargs)
