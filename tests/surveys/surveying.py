"""A survey of the test company, short to say, with whoever answers it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from crm_config.live import live
from crm_config.models import ConfigSnapshot
from surveys.definitions import SurveyDef, surveys_of
from surveys.models import Invitation, OpenLink, Response
from tests import company as small
from tests.cast import create
from tests.forms_builder.visitor import Fields

DONE = {"key": "thanks", "labels": {"en": "Thanks a lot"}, "text": {"en": "We read it all."}}


def question(key: str, kind: str = "short_text", **more: Any) -> dict[str, Any]:
    options = dict(more.pop("options", {}))
    return {
        "key": key,
        "kind": kind,
        "options": options,
        "labels": {"en": key.capitalize()},
        **more,
    }


def options(*keys: str, **points: int) -> list[dict[str, Any]]:
    """Options by their keys; those named with a number have points."""
    plain: list[dict[str, Any]] = [{"key": k, "labels": {"en": k.capitalize()}} for k in keys]
    return plain + [
        {"key": k, "labels": {"en": k.capitalize()}, "points": n} for k, n in points.items()
    ]


def page(key: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "sections": [{"key": "main", "items": list(items)}], **more}


def survey(key: str = "pulse", *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """About organisations, answered by the person of it, one page and one end unless said otherwise."""
    asked = items or (question("nps", "nps", required=True), question("why", "long_text"))
    return {
        "key": key,
        "type": "person",
        "labels": {"en": key.capitalize()},
        "steps": more.pop("steps", None) or [page("one", *asked)],
        "ends": more.pop("ends", None) or [DONE],
        **more,
    }


def publish(*surveys: dict[str, Any], **more: Any) -> ConfigSnapshot:
    company = {**small.small_company(), "surveys": list(surveys), **more}
    return small.publish(company=company)


def published(key: str = "pulse") -> SurveyDef:
    return surveys_of(live())[key]


def person(**values: Any) -> int:
    return create("person", **{"given_name": "Ana", "family_name": "Popa", **values})


def open_link(key: str = "pulse", kind: str = "public", **more: Any) -> OpenLink:
    return OpenLink.objects.create(survey=key, kind=kind, name="A link", **more)


def invite(key: str = "pulse", record: int | None = None, **more: Any) -> Invitation:
    """A person who was asked by mail; `record` is what it is about, and who answers unless said otherwise."""
    pk = record or person()
    said = {"status": Invitation.Status.SENT, "person_id": pk, **more}
    return Invitation.objects.create(
        survey=key, record_id=pk, key=f"{key}:{pk}:{Invitation.objects.count()}", **said
    )


class Respondent:
    """Somebody with a browser, no account and the address of a survey."""

    def __init__(self, token: str, **headers: str) -> None:
        self.client = Client(enforce_csrf_checks=True, headers=headers)
        self.path = f"/s/{token}/"
        self.page: Any = None

    def open(self, **query: str) -> Any:
        self.page = self.client.get(self.path, query)
        return self.page

    def follow(self, path: str) -> Any:
        self.page = self.client.get(path.removeprefix("http://testserver"))
        return self.page

    @property
    def text(self) -> str:
        return unescape(re.sub(r"\s+", " ", self.page.content.decode()))

    @property
    def fields(self) -> dict[str, Any]:
        parser = Fields()
        parser.feed(self.page.content.decode())
        return parser.values

    @property
    def action(self) -> str:
        found = re.search(r'<form method="post" action="([^"]+)"', self.page.content.decode())
        return unescape(found[1]) if found else self.path

    def send(self, go: str = "next", *, files: Any = None, **typed: Any) -> Any:
        """`typed` by question, or by name; None takes what stands there away."""
        data, action = {**self.fields, "go": go}, self.action
        for key, value in typed.items():
            known = key in data or key in ("homepage",) or key.startswith("i-")
            name = key if known else f"i-{key}"
            data.pop(name, None)
            if value is not None:
                data[name] = value
        for key, upload in (files or {}).items():
            data[f"i-{key}"] = upload
        return self.post(data, action)

    def post(self, data: dict[str, Any], action: str | None = None) -> Any:
        self.page = self.client.post(action or self.action, data, follow=True)
        return self.page


def only() -> Response:
    return Response.objects.get()


def rows(response: Response | None = None) -> list[tuple[Any, ...]]:
    found = (response or only()).answers.all()
    return [(a.question, a.part, a.option, a.number, a.text) for a in found]
