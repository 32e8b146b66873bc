"""The API's parts. Higher apps add theirs in `AppConfig.ready()`; `crm_site.api` mounts them all."""

from collections.abc import Mapping

from ninja import Router

_routers: dict[str, Router] = {}


def register(prefix: str, router: Router) -> None:
    """Mount a router under `/api/v1/<prefix>`. Raises `RuntimeError` for a prefix that is taken: two
    routers with one path would hide each other's methods."""
    if prefix in _routers:
        raise RuntimeError(f"Two parts of the API want the address {prefix!r}: choose another.")
    _routers[prefix] = router


def routers() -> Mapping[str, Router]:
    return dict(_routers)
