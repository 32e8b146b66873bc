"""Nothing hidden leaks. Every way of asking, tried for each kind of secret: the answer is the same whatever the
secret is, and does not hold it. Generated: a new way is one function here, a new kind one entry.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm_config.conditions.api import ConditionInvalid
from crm_config.live import live
from crm_config.norm import normalised
from records import services
from records.access import Access
from records.exports.build import Export, build
from records.gate import Change
from records.imports.services import begin
from records.models import Record, SavedView, SearchEntry
from records.segments import counting
from records.segments.rights import usable
from records.selection import Selection
from records.selectors import Query
from records.selectors.grouped import grouped
from tests import company as small
from tests.api.conftest import Program, program_of
from tests.cast import Cast, create, join
from tests.company import field
from tests.crm_config.segments import segment
from tests.kept import kept
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db

TYPE = "organisation"
MINE = {"field": "keeper", "op": "eq", "value": {"dynamic": "me"}}
#: What the secrets are in turn: a word and a number, each not to be met elsewhere.
ONE, OTHER = ("zyxwordone", 918_273_645), ("qrswordtwo", 564_738_291)


@dataclass
class World:
    """The owner of `seen` may read neither `code` nor `margin` anywhere, `nick` and `salary` where they keep the
    record, and nothing of `unseen`, which `person` links to. They see `lent` by another role of theirs, which
    hides `pet` and `wage`."""

    cast: Cast
    seen: int
    kept: int
    unseen: int
    person: int
    stranger: int
    lent: int

    @property
    def asked(self) -> tuple[int, ...]:
        return self.seen, self.unseen, self.lent

    @property
    def client(self) -> Client:
        return browser(self.cast.owner)

    @property
    def program(self) -> Program:
        return program_of(self.cast.owner)

    @property
    def access(self) -> Access:
        return Access.of(self.cast.owner)


@kept
def world(cast: Cast) -> World:
    base = small.organisation()
    more = [
        field("code", unique=False, searchable=True, filterable=True, sortable=True),
        field("nick", searchable=True, filterable=True, sortable=True),
        field("salary", "integer", filterable=True, sortable=True),
        field("double", "formula", options={"expression": "salary * 2", "result_type": "integer"}),
        field("keeper", "user"),
        field("pet", searchable=True, filterable=True, sortable=True),
        field("wage", "integer", filterable=True, sortable=True),
        field(
            "group",
            "link",
            options={"targets": [TYPE], "reverse_key": "members", "on_delete": "clear"},
        ),
        field(
            "members_margin",
            "rollup",
            options={"relation": "members", "function": "sum", "field": "salary"},
        ),
    ]
    kept = [f for f in base["fields"] if f["key"] != "code"]
    organisation = {
        **base,
        "fields": [*kept, *more],
        "title_template": "{name} {nick}",
        "columns": ["title", "nick", "salary", "headcount", "owner"],
    }
    company = small.small_company()
    sales = next(raw for raw in company["roles"] if raw["key"] == "sales")
    sales["fields"] = [
        *({"type": TYPE, "field": key, "access": "hidden"} for key in ("margin", "code")),
        *(
            {"type": TYPE, "field": key, "access": "write", "condition": MINE}
            for key in ("nick", "salary")
        ),
    ]
    reader = small.role("reader", "condition", TYPE)
    lent = {"field": "name", "op": "eq", "value": "Delta"}
    reader["grants"] = [{"type": TYPE, "action": "view", "scope": "condition", "condition": lent}]
    reader["fields"] = [
        {"type": TYPE, "field": key, "access": "hidden"}
        for key in ("margin", "code", "nick", "salary", "pet", "wage")
    ]
    company["roles"].append(reader)
    company["segments"] = [
        segment(f"big_{key}", {"field": key, "op": "gte", "value": 600_000_000}, roles=roles)
        for key, roles in (("headcount", ["sales"]), ("margin", []), ("salary", []), ("wage", []))
    ]
    small.publish(organisation, company=company)
    join(cast.owner, "reader")
    seen = create(TYPE, name="Alpha", headcount=5, owner=cast.owner.pk, keeper=cast.manager.pk)
    kept_pk = create(
        TYPE, name="Beta", headcount=6, owner=cast.owner.pk, keeper=cast.owner.pk, nick="mine",
        salary=7, group=seen,
    )  # fmt: skip
    unseen = create(TYPE, name="Gamma", headcount=7, owner=cast.stranger.pk, group=seen)
    person = create("person", family_name="Linked", company=unseen, owner=cast.owner.pk)
    stranger = create("person", family_name="Strange", company=seen, owner=cast.stranger.pk)
    delta = create(TYPE, name="Delta", headcount=8, owner=cast.stranger.pk)
    return World(cast, seen, kept_pk, unseen, person, stranger, delta)


# -- the secrets ----------------------------------------------------------------------------------


def put(pk: int, text: dict[str, str], numbers: dict[str, int], title: str | None = None) -> None:
    """Straight into the row, so that nothing else of the record changes: no version, no event."""
    record = Record.unscoped.get(pk=pk)
    data, norm = {**record.data, **text, **numbers}, dict(record.norm)
    entries = dict(text)
    if title is not None:
        entries["title"] = title
        Record.unscoped.filter(pk=pk).update(title=title)
    for key, value in entries.items():
        norm[key] = normalised(value)
        SearchEntry.objects.filter(record=pk, field=key).delete()
        SearchEntry.objects.create(record_id=pk, type=record.type, field=key, text=norm[key])
    Record.unscoped.filter(pk=pk).update(data=data, norm=norm)


def hidden_field(world: World, word: str, number: int) -> None:
    put(world.seen, {"code": word}, {"margin": number})


def hidden_here(world: World, word: str, number: int) -> None:
    put(world.seen, {"nick": word}, {"salary": number, "double": number * 2}, f"Alpha {word}")


def hidden_record(world: World, word: str, number: int) -> None:
    numbers = {"headcount": number, "margin": number, "salary": number}
    put(world.unseen, {"name": word, "nick": word}, numbers, f"{word} {word}")
    put(world.stranger, {"family_name": word}, {}, word)


def hidden_by_role(world: World, word: str, number: int) -> None:
    put(world.lent, {"pet": word}, {"wage": number})


SECRETS: dict[str, tuple[Callable[[World, str, int], None], tuple[str, str]]] = {
    "hidden field": (hidden_field, ("code", "margin")),
    "hidden on this record": (hidden_here, ("nick", "salary")),
    "hidden record": (hidden_record, ("name", "headcount")),
    "hidden by the role that shows the record": (hidden_by_role, ("pet", "wage")),
}


# -- the ways -------------------------------------------------------------------------------------

Keys = tuple[str, str]


def api(world: World, path: str, **query: Any) -> str:
    asked = {k: json.dumps(v) if k == "where" else v for k, v in query.items()}
    answer = world.program.get(path, **asked)
    return f"{answer.status} {json.dumps(answer.body, sort_keys=True, default=str)}"


def leaves(keys: Keys, prefix: str = "") -> list[dict[str, Any]]:
    text, number = (f"{prefix}{key}" for key in keys)
    return [
        {"field": text, "op": "eq", "value": ONE[0]},
        {"field": text, "op": "contains", "value": "word"},
        {"field": text, "op": "starts_with", "value": "zyx"},
        {"field": text, "op": "is_set"},
        {"field": number, "op": "gte", "value": 600_000_000},
        {"field": number, "op": "lt", "value": 600_000_000},
        {"field": number, "op": "neq", "value": ONE[1]},
        {"field": number, "op": "between", "value": [900_000_000, 999_999_999]},
        {"field": number, "op": "gt", "value": {"field": f"{prefix}headcount"}},
    ]


def a_list(world: World, keys: Keys) -> str:
    shown = text_of(world.client.get(url("list", TYPE), {"columns": ",".join(keys)}))
    return shown + api(world, f"records/{TYPE}", expand="labels", sort="id")


def a_filter(world: World, keys: Keys) -> str:
    asked = [*leaves(keys), *leaves(keys, "group.")]
    return "".join(
        api(world, f"records/{TYPE}", where=where, sort="id")
        for leaf in asked
        for where in (
            leaf,
            {"not": leaf},
            {"any": [leaf, {"field": "name", "op": "eq", "value": "Beta"}]},
        )
    )


def a_sort(world: World, keys: Keys) -> str:
    return "".join(
        api(world, f"records/{TYPE}", sort=f"{sign}{key}")
        + text_of(world.client.get(url("list", TYPE), {"sort": f"{sign}{key}"}))
        for key in (*keys, "title")
        for sign in ("", "-")
    )


def a_count(world: World, keys: Keys) -> str:
    return "".join(
        api(world, f"records/{TYPE}", where=leaf, count="exact", limit=1, sort="id")
        + text_of(world.client.get(url("count", TYPE, where=leaf)))
        for leaf in leaves(keys)
    )


def a_sum(world: World, keys: Keys) -> str:
    text, number = keys
    figures = [
        {"related": "members", "sum": {"field": number, "op": "gte", "value": 100}},
        {"related": "members", "max": {"field": number, "op": "gte", "value": 100}},
        {"related": "members", "count": {"op": "gte", "value": 2}},
        {"related": "members", "where": {"field": text, "op": "is_set"}, "some": True},
        {"related": "group", "sum": {"field": number, "op": "gte", "value": 600_000_000}},
        {"related": "group", "where": {"field": text, "op": "eq", "value": ONE[0]}, "none": True},
    ]
    return "".join(api(world, f"records/{TYPE}", where=where, sort="id") for where in figures)


def a_search(world: World, keys: Keys) -> str:
    return "".join(
        api(world, f"records/{TYPE}", q=word, sort="id")
        + api(world, "search", q=word)
        + without(text_of(world.client.get(url("search", q=word))), word)
        + without(text_of(world.client.get(url("list", TYPE), {"q": word})), word)
        for word in (ONE[0], "word")
    )


def a_title(world: World, keys: Keys) -> str:
    pages = [url("record", world.seen), url("list", TYPE), url("preview", world.seen)]
    pages += [url("record", world.lent), url("preview", world.lent)]
    return "".join(text_of(world.client.get(page)) for page in pages)


def a_chooser(world: World, keys: Keys) -> str:
    return "".join(
        without(text_of(world.client.get(url("choose", "person", "company"), {"q": word})), word)
        for word in ("", ONE[0], "word", "Alpha")
    )


def a_related_list(world: World, keys: Keys) -> str:
    return (
        text_of(world.client.get(url("record", world.seen)))
        + text_of(world.client.get(url("related", world.seen, "person", "company")))
        + text_of(world.client.get(url("related", world.seen, TYPE, "group")))
    )


def a_link_label(world: World, keys: Keys) -> str:
    return (
        text_of(world.client.get(url("record", world.person)))
        + text_of(world.client.get(url("record", world.kept)))
        + api(world, f"records/person/{world.person}", expand="labels")
        + api(world, f"records/{TYPE}/{world.kept}", expand="labels")
    )


def a_history(world: World, keys: Keys) -> str:
    pages = [url("history", pk) for pk in world.asked] + [url("timeline", world.seen)]
    pages += [url("history", world.seen, field=key) for key in keys]
    told = [text_of(world.client.get(page)) for page in pages]
    told += [api(world, f"records/{TYPE}/{world.seen}/history")]
    told += [api(world, f"records/{TYPE}/{world.seen}/history", field=key) for key in keys]
    return "".join(told)


def an_export(world: World, keys: Keys) -> str:
    columns = ("title", *keys, "double", "members_margin")
    made = [
        build(Export(Selection(TYPE), columns, "id", "csv", readable), access=world.access)
        for readable in (True, False)
    ]
    return "".join(file.decode() for file in made)


def an_error(world: World, keys: Keys) -> str:
    told = []
    for key, value in zip(keys, ("new", 5), strict=True):
        for pk in world.asked:
            change = Change("change", id=pk, values={key: value}, base_version=1)
            outcome = services.check([change], access=world.access, channel="api")[0]
            told.append(
                repr([(r.code, str(r.message), r.field, r.detail) for r in outcome.refusals])
            )
            answer = world.program.patch(f"records/{TYPE}/{pk}", {key: [value]}, 1)
            told.append(f"{answer.status} {json.dumps(answer.body, default=str)}")
    change = Change("create", type="person", values={"family_name": "x", "company": world.unseen})
    outcome = services.check([change], access=world.access, channel="api")[0]
    return "".join([*told, repr([(r.code, str(r.message)) for r in outcome.refusals])])


def an_explanation(world: World, keys: Keys) -> str:
    return "".join(
        text_of(world.client.get(url("explain", pk, action=action, field=field)))
        + api(world, f"records/{TYPE}/{pk}/explain", action=action, field=field)
        for pk in world.asked
        for action, field in (
            ("view", ""),
            ("change", ""),
            ("export", ""),
            *zip(["view", "change"], keys, strict=True),
        )
    )


def an_api_record(world: World, keys: Keys) -> str:
    asked = {"fields": ",".join(keys), "expand": "labels"}
    return "".join(
        api(world, f"records/{TYPE}/{pk}") + api(world, f"records/{TYPE}/{pk}", **asked)
        for pk in world.asked
    )


def an_import_match(world: World, keys: Keys) -> str:
    """By which record a row is found: what is hidden finds none."""
    told = []
    for key, value in zip(keys, ONE, strict=True):
        content = f"name,{key}\nAlpha,{value}\n".encode()
        run = begin(access=world.access, name="f.csv", content=content, type_key=TYPE)
        told.append(json.dumps([run.mapping, run.profile], default=str, sort_keys=True))
    return without("".join(told), *map(str, ONE))


def a_group(world: World, keys: Keys) -> str:
    told = []
    for leaf in leaves(keys):
        asked = Query(live().types[TYPE], where=leaf)
        try:
            told.append(repr(grouped(asked, "owner_id", access=world.access)))
        except ConditionInvalid as refused:
            told.append(str(refused))
    return "".join(told)


def a_segment_count(world: World, keys: Keys) -> str:
    """After the job has counted them for everybody."""
    for each in counting.in_use(live()):
        counting.count(each, snapshot=live(), now=timezone.now())
    told = [api(world, "segments", type=TYPE), text_of(world.client.get(url("segments", TYPE)))]
    for key in (each.key for each in usable(world.access)):
        told.append(api(world, f"segments/{key}", count="exact"))
        told.append(text_of(world.client.get(url("segment", TYPE, key))))
        told.append(api(world, f"records/{TYPE}", segment=key, sort="id"))
    return "".join(told)


def a_shared_view(world: World, keys: Keys) -> str:
    told = []
    for leaf in leaves(keys):
        view, _new = SavedView.objects.update_or_create(
            type=TYPE,
            name="Shared",
            owner=world.cast.manager,
            defaults={"shared": True, "query": {"where": leaf, "columns": list(keys)}},
        )
        told.append(text_of(world.client.get(url("list", TYPE, view=view.pk))))
    return without("".join(told), *map(str, ONE))


WAYS: dict[str, Callable[[World, Keys], str]] = {
    "list": a_list,
    "filter": a_filter,
    "sort": a_sort,
    "count": a_count,
    "sum": a_sum,
    "search": a_search,
    "title": a_title,
    "chooser": a_chooser,
    "related list": a_related_list,
    "link label": a_link_label,
    "history": a_history,
    "export": an_export,
    "error text": an_error,
    "explanation": an_explanation,
    "API": an_api_record,
    "import match": an_import_match,
    "group": a_group,
    "segment count": a_segment_count,
    "shared view": a_shared_view,
}


def without(text: str, *asked: str) -> str:
    """What was asked comes back as it was typed: that is no leak."""
    for word in asked:
        text = text.replace(word, "")
    return text


def steady(text: str) -> str:
    """Without what differs from one answer to the next: tokens, cursors, times, ids of requests."""
    text = re.sub(r'(csrfmiddlewaretoken"[^>]*value|data-csrf-token|nonce)="[^"]*"', "", text)
    text = re.sub(r"<time\b[^>]*>.*?</time>", "", text, flags=re.DOTALL)
    text = re.sub(r"cursor=[^\"&\s]+", "", text)
    text = re.sub(r'"csrfToken": ?"[^"]*"|"CSRF_TOKEN": ?"[^"]*"', "", text)
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+Z-]+", "", text)


@pytest.mark.parametrize("way", WAYS)
def test_the_answer_is_the_same_whatever_the_secret(world: World, way: str) -> None:
    for kind, (keep, keys) in SECRETS.items():
        told = []
        for word, number in (ONE, OTHER):
            keep(world, word, number)
            told.append(steady(WAYS[way](world, keys)))
        for secret in (OTHER[0], str(OTHER[1]), f"{OTHER[1]:,}"):
            assert secret not in told[1], kind
        assert told[0] == told[1], kind


def test_what_may_be_read_is_found(world: World) -> None:
    """The same questions about one's own do find it, or they would prove nothing."""
    own = {"field": "nick", "op": "eq", "value": "mine"}
    assert '"count": 1' in api(world, f"records/{TYPE}", where=own, count="exact").replace(
        "number", "count"
    )
    assert "mine" in a_list(world, ("nick", "salary")) and "mine" in an_export(
        world, ("nick", "salary")
    )
    assert "Beta mine" in api(world, "search", q="mine")
    record_type = live().types[TYPE]
    assert world.access.guard(record_type, "nick") is not None
    assert world.access.level(record_type, "members_margin") == 0
    lent = Record.unscoped.get(pk=world.lent)
    assert world.access.allows("view", lent, record_type)
    assert world.access.level(record_type, "wage") > 0
    assert world.access.level_of(lent, record_type, "wage") == 0
