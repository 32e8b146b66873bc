"""Somebody with a browser and no account, who fills in a form as it stands on the page."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forms_builder.models import Submission


class Fields(HTMLParser):
    """What the page's form would send as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._select = self._lines = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = dict(attrs)
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "select":
            self._select = name
            self.values.setdefault(name, "")
        elif tag == "option" and self._select and "selected" in said:
            self.values[self._select] = said["value"]
        elif tag == "textarea":
            self._lines = name
            self.values[name] = ""
        elif tag == "input" and name and kind not in ("radio", "checkbox", "file"):
            self.values[name] = said.get("value", "")
        elif tag == "input" and name and "checked" in said:
            self.values.setdefault(name, [])
            self.values[name] = [*self.values[name], said.get("value", "on")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._lines = ""

    def handle_data(self, data: str) -> None:
        if self._lines:
            self.values[self._lines] += data


class Visitor:
    """`page` is the last answer; forms are sent as the page holds them, with what is typed."""

    def __init__(self, slug: str = "contact", **headers: str) -> None:
        self.client = Client(enforce_csrf_checks=True, headers=headers)
        self.slug = slug
        self.page: Any = None

    def open(self, **query: str) -> Any:
        self.page = self.client.get(f"/f/{self.slug}/", query)
        return self.page

    @property
    def text(self) -> str:
        return unescape(re.sub(r"\s+", " ", self.page.content.decode()))

    @property
    def fields(self) -> dict[str, Any]:
        parser = Fields()
        parser.feed(self.page.content.decode())
        return parser.values

    def send(
        self, go: str = "next", *, follow: bool = True, files: Any = None, **typed: Any
    ) -> Any:
        """`typed` by item's key; None takes what stands there away."""
        data = {**self.fields, "go": go}
        for key, value in typed.items():
            known = key in data or key in ("homepage", "proof") or key.startswith("i-")
            name = key if known else f"i-{key}"
            data.pop(name, None)
            if value is not None:
                data[name] = value
        for key, upload in (files or {}).items():
            data[f"i-{key}"] = upload
        return self.post(data, follow=follow)

    def post(self, data: dict[str, Any], *, follow: bool = True) -> Any:
        self.page = self.client.post(f"/f/{self.slug}/", data, follow=follow)
        return self.page


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def only() -> Submission:
    return Submission.objects.get()
