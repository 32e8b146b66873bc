"""Addresses of the screens, by what they show."""

import json
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

#: A filter with rows of many kinds.
NESTED = {
    "all": [
        {"field": "sector", "op": "in", "value": ["it", "retail"]},
        {
            "related": "deals",
            "where": {"field": "amount", "op": "is_set"},
            "count": {"op": "gte", "value": 1},
        },
        {
            "any": [
                {"field": "owner", "op": "eq", "value": {"dynamic": "me"}},
                {
                    "field": "created_at",
                    "op": "gte",
                    "value": {"dynamic": "today", "add": {"months": -1}},
                },
                {"not": {"field": "name", "op": "contains", "value": "x"}},
            ]
        },
        {"not": {"not": {"field": "name", "op": "is_set"}}},
    ]
}


def advanced(record_type: str, where: Any = None) -> str:
    given = {} if where is None else {"where": json.dumps(where)}
    return f"{reverse('records:advanced_filter', args=[record_type])}?{urlencode(given)}"


def records(record_type: str) -> str:
    return reverse("records:list", args=[record_type])


def new(record_type: str) -> str:
    return reverse("records:new", args=[record_type])


def record(record_id: int) -> str:
    return reverse("records:record", args=[record_id])


def edit(record_id: int) -> str:
    return reverse("records:edit", args=[record_id])


def history(record_id: int) -> str:
    return reverse("records:history", args=[record_id])


def new_import() -> str:
    return reverse("imports:new")


def studio(screen: str, *keys: str | int) -> str:
    return reverse(f"studio:{screen}", args=keys)


def tabs(*keys: str | int) -> dict[str, str]:
    names = ("fields", "columns", "preview", "access", "segments", "used-by", "settings")
    return {f"type: {name}": f"{studio('type', *keys)}#tab-{name}" for name in names}


def of_the_studio() -> dict[str, str]:
    return {
        "home of the studio": studio("home"),
        **tabs("everything"),
        "new type": studio("type_add"),
        "kinds of field": studio("kinds", "everything"),
        "new field": f"{studio('field_add', 'everything')}?kind=choice",
        "field": studio("field", "organisation", "sector"),
        "delete field": studio("field_delete", "organisation", "code"),
        "segment in the studio": studio("segment", "retailers"),
        "new segment": studio("segment_add", "organisation"),
        "archive segment": studio("segment_archive", "retailers"),
        "try a condition": studio("condition_try", "organisation"),
        "roles": studio("roles"),
        "matrix of a role": studio("role", "sales"),
        "grant if": studio("grant_condition", "sales", "organisation", "view"),
        "field if": studio("field_condition", "sales", "organisation", "sector"),
        "teams": studio("teams"),
        "company": studio("company"),
        "packs": studio("packs"),
        "forms in the studio": reverse("form_studio:all"),
        "beginnings of a form": reverse("form_studio:new"),
        "new form": reverse("form_studio:add"),
        "surveys in the studio": reverse("survey_studio:all"),
        "beginnings of a survey": reverse("survey_studio:new"),
        "new survey": reverse("survey_studio:add"),
        "inbound hooks": reverse("inbound_studio:hooks"),
        "new inbound hook": reverse("inbound_studio:add"),
        "review": studio("review"),
        "versions": studio("versions"),
        "version": studio("version", 1),
        "compare": f"{studio('compare')}?from=1&to=working",
        "roll back": studio("rollback", 1),
    }


def of_trials(simulation: int) -> dict[str, str]:
    figures = reverse("simulation:simulation", args=[simulation])
    asked = "type=organisation&action=view&role=sales&way=gained"
    return {
        "review with figures": studio("review"),
        "simulation": figures,
        "records behind a figure": f"{reverse('simulation:records', args=[simulation])}?{asked}",
        "promises": studio("promises"),
        "promise": studio("promise", "margins"),
        "kinds of promise": studio("promise_kinds"),
        "new promise": f"{studio('promise_add')}?kind=only&type=organisation",
        "register of promises": reverse("operations_promises_modeladmin_index"),
    }


def of_records(ids: dict[str, int]) -> dict[str, str]:
    organisation = ids["organisation"]
    return {
        "home": reverse("wagtailadmin_home"),
        "list": records("organisation"),
        "filtered list": f"{records('organisation')}?{urlencode({'where': json.dumps(NESTED)})}",
        "advanced filter": advanced("organisation", NESTED),
        "empty list": records("everything"),
        "list of a segment": f"{records('organisation')}?segment=retailers",
        "list with a part that is not available": f"{records('organisation')}?segment=nothing",
        "segments": reverse("records:segments", args=["organisation"]),
        "no segments": reverse("records:segments", args=["person"]),
        "segment": reverse("records:segment", args=["organisation", "retailers"]),
        "import into a segment": reverse("records:segment_import", args=["organisation", "guests"]),
        "segments of a record": reverse("records:record_segments", args=[organisation]),
        "form": new("everything"),
        "edit": edit(organisation),
        "record": record(organisation),
        "history": history(organisation),
        "search": f"{reverse('records:search')}?q=harbour",
        "delete": reverse("records:delete", args=[ids["deal"]]),
        "share": reverse("records:shares", args=[organisation]),
        "explain": f"{reverse('records:explain', args=[organisation])}?action=delete",
        "explain a type": reverse("records:explain_type", args=["organisation"]),
        "not here": record(1),
    }


def of_operations() -> dict[str, str]:
    return {
        "away": reverse("away:index"),
        "look as": reverse("look_as:index"),
        "tokens": reverse("api_tokens:index"),
        "new token": reverse("api_tokens:add"),
        "jobs": reverse("operations_jobs_modeladmin_index"),
        "imports": reverse("operations_imports_modeladmin_index"),
        "submissions": reverse("operations_submissions_modeladmin_index"),
        "inbound messages": reverse("operations_inbound_modeladmin_index"),
        "new import": new_import(),
    }
