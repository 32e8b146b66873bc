"""Each measure and each word of the address stands in the documentation."""

from dataclasses import fields
from pathlib import Path

from surveys.results.asking import Asked
from surveys.results.measures.registry import MEASURES

PAGE = (Path(__file__).parents[3] / "docs" / "surveys-results.md").read_text()


def test_every_measure_is_documented():
    assert [key for key in MEASURES if f"| `{key}` |" not in PAGE] == []


def test_every_word_of_the_address_is_documented():
    assert [f.name for f in fields(Asked) if f"`{f.name}`" not in PAGE] == []
