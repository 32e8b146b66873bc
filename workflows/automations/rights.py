"""Who is told what of automations."""

from records.access import Access


def administers(access: Access) -> bool:
    """They wrote the automations, and may read what these did; others learn that they did."""
    return any(role.administers for role in access.roles)
