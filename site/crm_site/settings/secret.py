"""A secret of this machine's own, made at the first start and kept."""

from pathlib import Path

from django.core.management.utils import get_random_secret_key


def stored_secret(path: Path) -> str:
    """The secret in `path`; written there, readable by its owner alone, when there is none yet."""
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text()
