"""An argument for every parameter that stands in an address. `view:parameter` is for one view alone;
`view?` holds what to ask it with."""

from typing import Any

from tests.cast import Cast

#: What the addresses of imports take: a run and a mapping of the stranger's.
IMPORTS = ("columns", "correct", "discard", "file", "mapping", "read_again", "run", "save_mapping", "sheet",
           "start", "stop", "take_up", "try")  # fmt: skip


def samples(
    cast: Cast,
    *,
    shown: int,
    person: int,
    deal: int,
    run: int = 1,
    mapping: int = 1,
    simulation: int = 1,
) -> dict[str, Any]:
    return {
        "promise": "a_promise",
        "simulation:simulation:pk": simulation,
        "simulation:stop:pk": simulation,
        "simulation:records:pk": simulation,
        "simulation:records?": {"type": "organisation", "action": "view", "way": "lost"},
        "studio:promise_kinds?": {"kind": "only"},
        "studio:promise_add?": {"kind": "only", "type": "organisation"},
        **{f"imports:{name}:pk": run for name in IMPORTS},
        "imports:saved_mapping:pk": mapping,
        "imports:delete_mapping:pk": mapping,
        "suffix": "csv",
        "records:choose:type": "person",
        "records:choose:key": "company",
        "records:related:pk": shown,
        "purpose": "filter",
        "record_type": "organisation",
        "type": "organisation",
        "id": shown,
        "record_id": shown,
        "pk": shown,
        "share": 1,
        "away:end:pk": 1,
        "action": "view",
        "field": "name",
        "key": "name",
        "section": "main",
        "segment": "it",
        "version": 1,
        "role": "sales",
        "pack": "core",
        "calendar": "office",
        "level": "usual",
        "deadline_studio:target:target": "answer",
        "deadline_studio:target_delete:target": "answer",
        "deadline_studio:level_add?": {"type": "organisation"},
        "change": "0",
        "instance_pk": 1,
        "rest": "nothing",
        "path": "nothing.txt",
        "format": "csv",
        "token": 1,
        "slug": "name",
        "which": "faults",
        "event": 1,
        "source": "person",
        "records:related:field": "company",
        "studio:rate:pk": 1,
        "studio:rate_delete:pk": 1,
        "studio:team:pk": cast.north.pk,
        "studio:team_delete:pk": cast.north.pk,
        "studio:team_history:pk": cast.north.pk,
    }
