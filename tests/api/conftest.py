"""Programs that come in with the tokens of the cast."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from crm_config.models import User
from records import tokens

ROOT = "/api/v1"


@dataclass
class Answer:
    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        return self.body["code"]

    def codes(self) -> set[tuple[str, str | None]]:
        return {(e["code"], e.get("field")) for e in self.body["errors"]}


@dataclass
class Program:
    """Speaks JSON under one token; `secret` empty: under none."""

    secret: str = ""

    def get(self, path: str, **query: Any) -> Answer:
        return self.send("GET", path, query=query)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self.send("POST", path, body, headers=headers)

    def patch(self, path: str, fields: dict[str, Any], version: Any = None) -> Answer:
        headers = {} if version is None else {"If-Match": version_tag(version)}
        return self.send("PATCH", path, {"fields": fields}, headers=headers)

    def delete(self, path: str, **headers: str) -> Answer:
        return self.send("DELETE", path, headers=headers)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        sent = {k.replace("_", "-"): v for k, v in (headers or {}).items()}
        if self.secret:
            sent["Authorization"] = f"Bearer {self.secret}"
        response = Client().generic(
            method,
            path if path.startswith("/") else f"{ROOT}/{path}",
            data=b"" if body is None else json.dumps(body),
            content_type="application/json",
            query_params=query,
            headers=sent,
        )
        said = json.loads(response.content) if response.content else None
        return Answer(response.status_code, said, response.headers)


def version_tag(version: Any) -> str:
    return version if isinstance(version, str) else f'"{version}"'


def program_of(user: User, *scopes: str, **more: Any) -> Program:
    _token, secret = tokens.issue(user=user, name="test", scopes=scopes or ("write",), **more)
    return Program(secret)


@pytest.fixture
def program() -> Callable[..., Program]:
    return program_of
