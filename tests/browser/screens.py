"""Addresses of the screens, by what they show."""

from django.urls import reverse


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


def studio(screen: str, *keys: str | int) -> str:
    return reverse(f"studio:{screen}", args=keys)


def tabs(*keys: str | int) -> dict[str, str]:
    names = ("fields", "columns", "preview", "access", "used-by", "settings")
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
        "roles": studio("roles"),
        "matrix of a role": studio("role", "sales"),
        "grant if": studio("grant_condition", "sales", "organisation", "view"),
        "field if": studio("field_condition", "sales", "organisation", "sector"),
        "teams": studio("teams"),
        "company": studio("company"),
        "packs": studio("packs"),
        "review": studio("review"),
        "versions": studio("versions"),
        "version": studio("version", 1),
        "compare": f"{studio('compare')}?from=1&to=working",
        "roll back": studio("rollback", 1),
    }


def of_records(ids: dict[str, int]) -> dict[str, str]:
    organisation = ids["organisation"]
    return {
        "home": reverse("wagtailadmin_home"),
        "list": records("organisation"),
        "empty list": records("everything"),
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
        "new import": reverse("imports:new"),
    }
