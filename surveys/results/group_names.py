"""What the groups of a split are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.field_types.base import Names
from records.access import Access
from records.selectors.names import link_labels, people_names
from surveys.results.splits import Split

NOT_SEEN = "not_seen"


def group_names(groups: Collection[Any], split: Split, access: Access) -> Mapping[Any, str]:
    """At most one query. Records that the reader may not see have one name together: `NOT_SEEN`."""
    f = split.field
    if f is None:
        return {True: _("In “%(segment)s”") % {"segment": split.label}, False: _("All others")}
    there = [group for group in groups if group is not None]
    kind = f.type.kind
    found: dict[Any, str] = {None: _("Without")}
    if kind == "link":
        seen = link_labels(there, access=access)
        found |= {pk: label.title if label.visible else NOT_SEEN for pk, label in seen.items()}
    elif kind in ("user", "team"):
        users, teams = people_names(*((there, ()) if kind == "user" else ((), there)))
        known = Names(users=users, teams=teams)
        found |= {group: f.type.display(f, group, known) for group in there}
    elif kind == "multi_choice":
        labels = {option.key: option.label for option in f.choices}
        found |= {group: labels.get(group, str(group)) for group in there}
    else:
        found |= {group: f.type.display(f, group, Names()) for group in there}
    return found
