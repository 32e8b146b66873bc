"""One door in, one door out: who may reach records without asking for access, and who may write them."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("records", "workflows", "forms_builder", "surveys", "crm_config", "jobs", "site/crm_site")

#: Where every record may be seen: the gate and the selectors, which ask for access themselves, and the
#: system's own work, which shows nobody anything that they may not see.
UNSCOPED = {
    "records/access": "answers who may see what",
    "records/audit": "checks the rules of storage",
    "records/computed": "computes with the configuration's authority",
    "records/conversions": "rewrites values of fields that changed",
    "records/gate": "asks for access",
    "records/impact": "counts what a draft configuration would do, for administrators",
    "records/insights.py": "counts for administrators",
    "records/models": "defines it",
    "records/partitions.py": "makes tables",
    "records/promises": "looks for counter-examples, for administrators",
    "records/purge": "removes what is no longer configured",
    "records/sample": "loads the sample company",
    "records/segments/membership.py": "counts segments with the configuration's authority; asks for access",
    "records/selectors": "asks for access",
    "records/simulation": "counts what a draft configuration would do, for administrators",
    "records/tasks.py": "the system's own jobs",
    "records/indexes.py": "makes indexes",
    "records/contact": "asks whether somebody may be written to, as the system; shows nothing of them",
    "surveys/sending/recipients.py": "asks for access: the right to share what people are asked about",
    "workflows/pipelines/placing.py": "puts records into the stages of a new pipeline, as the system",
    "workflows/procedures/jobs.py": "counts what breaks procedures, for administrators",
    "workflows/finding.py": "finds what rules look at, with the configuration's authority",
    "surveys/results/reach.py": "asks for access: answers count as far as their records are seen",
}
#: Where rows of records, links and events are written.
WRITERS = (
    "records/gate",
    "records/conversions",
    "records/audit",
    "records/purge",
    "records/sample",
    "records/migrations",
)
WRITES = {"bulk_create", "bulk_update", "save", "delete", "update", "create"}
TABLES = {"Record", "RecordLink", "UniqueValue", "SearchEntry", "Event"}
#: The lists of segments have a door of their own.
SEGMENT_WRITERS = ("records/segments/services.py", "records/segments/receivers.py")


def modules() -> list[Path]:
    return [
        path
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def within(path: Path, places: object) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return any(name == place or name.startswith(f"{place}/") for place in places)


def test_nothing_but_the_doors_sees_every_record() -> None:
    reaching = {
        path.relative_to(ROOT).as_posix()
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr == "unscoped"
        and not within(path, UNSCOPED)
    }
    assert reaching == set()


def test_nothing_but_the_gate_writes_rows_of_records() -> None:
    writing = {
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and _table(node.func.value) in TABLES
        and not within(path, WRITERS)
    }
    allowed = {"records/tasks.py"}
    assert {place for place in writing if place.partition(":")[0] not in allowed} == set()


def test_nothing_but_their_door_writes_the_lists_of_segments() -> None:
    writing = {
        path.relative_to(ROOT).as_posix()
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and _table(node.func.value) == "SegmentMember"
    }
    assert writing <= set(SEGMENT_WRITERS)


def _table(node: ast.expr) -> str | None:
    """The model at the root of a chain of calls: `Record` of `Record.unscoped.filter(…).update(…)`."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else None
