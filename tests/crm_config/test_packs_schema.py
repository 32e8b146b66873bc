"""The published JSON Schema is that of the code."""

import json

from django.conf import settings

from crm_config.schema import payload_schema

PUBLISHED = settings.BASE_DIR / "docs" / "pack.schema.json"


def test_the_published_schema_is_current() -> None:
    """Mend it with: python site/manage.py pack schema > docs/pack.schema.json"""
    assert json.loads(PUBLISHED.read_text()) == payload_schema()
