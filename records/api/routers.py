"""The routers of this app. Operations with one address have to share a router."""

from ninja import Router

types = Router(tags=["Types"])
records = Router(tags=["Records"])
segments = Router(tags=["Segments"])
general = Router(tags=["General"])
