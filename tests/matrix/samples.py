"""An argument for every parameter that stands in an address. `view:parameter` is for one view alone;
`view?` holds what to ask it with."""

from typing import Any

from tests.cast import Cast


def samples(cast: Cast, *, shown: int, person: int, deal: int) -> dict[str, Any]:
    return {
        "record_type": "organisation",
        "type": "organisation",
        "id": shown,
        "record_id": shown,
        "pk": shown,
        "field": "name",
        "key": "name",
        "section": "main",
        "version": 1,
        "role": "sales",
        "pack": "core",
        "change": "0",
        "instance_pk": 1,
        "rest": "nothing",
        "path": "nothing.txt",
        "format": "csv",
        "token": 1,
        "slug": "name",
        "studio:rate:pk": 1,
        "studio:rate_delete:pk": 1,
        "studio:team:pk": cast.north.pk,
        "studio:team_delete:pk": cast.north.pk,
    }
