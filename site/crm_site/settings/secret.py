"""A secret of this machine's own, made at the first start and kept."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.utils import get_random_secret_key


def stored_secret(path: Path) -> str:
    """The secret in `path`; put there, readable by its owner alone, when there is none yet."""
    if not path.exists():
        # Written aside and linked: of two first starts one wins, and nobody reads half a secret.
        with NamedTemporaryFile("w", dir=path.parent) as draft:
            draft.write(get_random_secret_key())
            draft.flush()
            with suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text()
