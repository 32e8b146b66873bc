"""Whose lists a lead may look at: the members of the teams they lead, and of those below."""

from __future__ import annotations

from crm_config.models import User
from records.access import Access


def members(access: Access) -> list[User]:
    """By name; without the lead. What of theirs is shown is what the lead may see anyway."""
    reports = access.askers[0].standpoint.my_reports - {access.user_id}
    if not reports:
        return []
    rows = User.objects.filter(pk__in=reports, is_active=True)
    return list(rows.order_by("first_name", "last_name", "pk"))
