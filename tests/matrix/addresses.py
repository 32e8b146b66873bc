"""Every address of the site, read from the URL map, with sample arguments: a new view cannot be forgotten."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

#: Whose views are walked. Those of Django and Wagtail have tests of their own.
OURS = ("crm_site", "crm_config", "jobs", "records", "workflows", "forms_builder", "surveys", "ninja", "functools",
        "wagtail_modeladmin")  # fmt: skip


@dataclass(frozen=True)
class Address:
    name: str
    pattern: str
    parameters: tuple[str, ...]

    def path(self, samples: Mapping[str, Any]) -> str:
        """The address with its parameters filled in. Raises `KeyError` for one without a sample."""
        filled = self.pattern
        for parameter in self.parameters:
            sample = samples.get(f"{self.name}:{parameter}", samples.get(parameter))
            if sample is None:
                raise KeyError(
                    f"{self.name}: give tests/matrix a sample for the parameter {parameter!r}"
                )
            filled = re.sub(
                rf"<(?:\w+:)?{parameter}>|\(\?P<{parameter}>[^)]*\)", str(sample), filled
            )
        return "/" + filled.replace("^", "").replace("$", "").replace("\\", "")


def parameters_of(pattern: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"<(?:\w+:)?(\w+)>", pattern)))


def walk(resolver: Any = None, prefix: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern) and entry.callback.__module__.startswith(OURS):
            name = ":".join((*spaces, entry.name or "unnamed"))
            yield Address(name, pattern, parameters_of(pattern))
