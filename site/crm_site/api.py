"""The API at `/api/v1/`: every part that the apps registered, put together."""

from crm_site.sample_logins import TokenAuth
from records.api import registry
from records.api.application import Api
from records.api.auth import SessionAuth

DESCRIPTION = """
Everything that people do with records on the screens, for programs: the same rights, rules and history.

Come in with a token: `Authorization: Bearer relata_…`. Errors are problem details (RFC 9457), with a stable
`code`. Times are in UTC. `docs/api.md` tells more.
"""

api = Api(
    title="Relata API",
    version="1",
    description=DESCRIPTION.strip(),
    urls_namespace="api",
    auth=[TokenAuth(), SessionAuth()],
)

for prefix, router in registry.routers().items():
    api.add_router(prefix, router)
