"""One module for each kind of thing that can be asked. Importing them fills the routers."""

from records.api import registry, routers
from records.api.routes import (
    batch,
    explaining,
    history,
    me,
    problems,
    reading,
    search,
    segments,
    sharing,
    types,
    writing,
)

__all__ = [
    "batch",
    "explaining",
    "history",
    "me",
    "problems",
    "reading",
    "search",
    "segments",
    "sharing",
    "types",
    "writing",
]

registry.register("types", routers.types)
registry.register("records", routers.records)
registry.register("segments", routers.segments)
registry.register("", routers.general)
