"""The names of the users, teams, records and files that some records point at: one query for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from crm_config.definitions import FieldDef, TypeDef
from crm_config.expressions import settled
from crm_config.field_types.base import LinkLabel, Names
from crm_config.models import Team, User
from records.access import Access
from records.gate.draft import load_value
from records.models import Record

if TYPE_CHECKING:
    from records.selectors.reading import RecordView

#: Which kind of thing a field type's values name.
KINDS = {
    "user": "users",
    "team": "teams",
    "link": "records",
    "file": "documents",
    "image": "images",
}


def kind_of(f: FieldDef) -> str | None:
    """Computed fields show what comes out of them."""
    return KINDS.get(f.type.kind)


def names_of(
    views: Sequence[RecordView], *, access: Access, keys: frozenset[str] | None = None
) -> Names:
    wanted: dict[str, set[int]] = defaultdict(set)
    for view in views:
        for f in view.type.all_fields.values():
            kind = kind_of(f)
            if (
                kind is None
                or f.key not in view.readable
                or (keys is not None and f.key not in keys)
            ):
                continue
            value = load_value(f, view.record, view.links)
            if value is not None:
                wanted[kind].update(value if isinstance(value, tuple) else (value,))
    users, teams = people_names(wanted["users"], wanted["teams"])
    return Names(
        users=users,
        teams=teams,
        records=link_labels(wanted["records"], access=access),
        files=file_names(wanted["documents"], wanted["images"]),
        record_url=record_url,
    )


def record_url(record_id: int) -> str:
    return reverse("records:record", args=[record_id])


#: What a user's name is made of.
NAME = ("first_name", "last_name", "username")


def user_names(ids: Iterable[int]) -> dict[int, str]:
    wanted = list(ids)
    return (
        {user.pk: str(user) for user in User.objects.filter(pk__in=wanted).only(*NAME)}
        if wanted
        else {}
    )


def people_names(
    users: Iterable[int], teams: Iterable[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """The names of users and of teams, in one query for both."""
    user_ids, team_ids = list(users), list(teams)
    if not (user_ids and team_ids):
        return user_names(user_ids), team_names(team_ids)
    people = User.objects.filter(pk__in=user_ids).order_by()
    groups = Team.objects.filter(pk__in=team_ids).order_by()
    rows = people.annotate(of=Value("user")).values_list("of", "pk", *NAME)
    nothing = {"last": Value(""), "login": Value("")}
    rows = rows.union(
        groups.annotate(of=Value("team"), **nothing).values_list(
            "of", "pk", "name", "last", "login"
        ),
        all=True,
    )
    found: dict[str, dict[int, str]] = {"user": {}, "team": {}}
    for of, pk, first, last, login in rows:
        found[of][pk] = (
            first if of == "team" else str(User(first_name=first, last_name=last, username=login))
        )
    return found["user"], found["team"]


def team_names(ids: Iterable[int]) -> dict[int, str]:
    wanted = list(ids)
    return dict(Team.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def file_names(documents: Iterable[int], images: Iterable[int]) -> dict[int, str]:
    """Documents and images have ids of their own each; images are told apart by a negative id."""
    names: dict[int, str] = {}
    if found := list(documents):
        names.update(get_document_model().objects.filter(pk__in=found).values_list("pk", "title"))
    if found := list(images):
        rows = get_image_model().objects.filter(pk__in=found).values_list("pk", "title")
        names.update({-pk: title for pk, title in rows})
    return names


def link_labels(ids: Iterable[int], *, access: Access) -> dict[int, LinkLabel]:
    """Labels of records, in one query. Those the reader may not see are there without a title; those whose title
    is made of what they may not read there, with the type and number."""
    from records.selectors.reading import shown_title

    wanted = sorted(set(ids))
    if not wanted:
        return {}
    by_number = access.snapshot.by_number
    types = {by_number[pk >> 40] for pk in wanted if pk >> 40 in by_number}
    reach = Q(pk__in=[])
    for record_type in types:
        reach |= Q(id__gte=record_type.first_id, id__lt=record_type.end_id) & access.q(
            "view", record_type
        )
    rows = Record.unscoped.filter(reach, pk__in=wanted).values_list(
        "pk", "type", readable_title(types, access)
    )
    labels = {pk: LinkLabel(pk, "", "", visible=False) for pk in wanted}
    for pk, type_key, title in rows:
        record_type = access.snapshot.types[type_key]
        labels[pk] = LinkLabel(pk, shown_title(title, pk, record_type), type_key)
    return labels


def readable_title(types: Iterable[TypeDef], access: Access) -> F | Case:
    """The title as SQL; empty where its reader may not read it."""
    cases = []
    for record_type in types:
        here = Q(id__gte=record_type.first_id, id__lt=record_type.end_id)
        guard = access.guard(record_type, "title")
        if guard is not None:
            cases.append(When(here & ~settled(guard.q), then=Value("")))
        elif "title" not in access.readable(record_type):
            cases.append(When(here, then=Value("")))
    return Case(*cases, default=F("title")) if cases else F("title")
