"""The description of the API, its page, and its documentation."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from records.api.problems import KINDS

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def test_it_is_openapi_3_1(db: None) -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert {"TokenAuth", "SessionAuth"} <= schema["components"]["securitySchemes"].keys()
    for methods in schema["paths"].values():
        for operation in methods.values():
            assert operation["summary"] and operation["description"] and operation["tags"]
            problem = operation["responses"]["422"]["content"]
            assert list(problem) == ["application/problem+json"]


def test_the_page_needs_no_other_host(db: None) -> None:
    page = Client().get("/api/v1/docs").content.decode()
    assert "/api/v1/openapi.json" in page
    assert not re.findall(r"(?:src|href|action)=\"(?:https?:)?//", page)
    sources = re.findall(r"(?:src|href)=\"/static/([^\"]+)\"", page)
    assert len(sources) == 3 and all(finders.find(source) for source in sources)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)


def test_the_documentation_names_every_path_parameter_and_problem(db: None) -> None:
    told = DOCS.read_text()
    schema = Client().get("/api/v1/openapi.json").json()
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            line = f"`{method.upper()} {path.removeprefix('/api/v1')}`"
            assert line in told, line
            for parameter in operation["parameters"]:
                assert f"`{parameter['name']}`" in told or parameter["in"] == "path", parameter
    for code in KINDS:
        assert f"`{code}`" in told, code
