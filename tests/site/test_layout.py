"""Shape of the checkout that other things rely on."""

import ast
import site
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONDITIONS = ROOT / "crm_config" / "conditions"


def imported_by(path: Path) -> set[str]:
    """What a file imports when it is run; what it imports for type checkers alone stands in an `if`."""
    found: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_the_folder_site_never_becomes_a_package():
    """The standard library owns the name: a package here would hide it, or be hidden by it."""
    assert not (ROOT / "site" / "__init__.py").exists()
    assert hasattr(site, "getsitepackages")


def test_conditions_are_pure_but_for_their_sql_compiler():
    """They are evaluated in milliseconds, without a database."""
    pure = [path for path in CONDITIONS.rglob("*.py") if path.name != "sql.py"]
    offenders = {
        path.name
        for path in pure
        if any(name.startswith("django.db") for name in imported_by(path))
    }
    assert pure
    assert not offenders
