"""An argument for every parameter that stands in an address. `view:parameter` is for one view alone;
`view?` holds what to ask it with."""

from typing import Any

from records.contact.sealing import Pass
from tests.cast import Cast

#: What the addresses of imports take: a run and a mapping of the stranger's.
IMPORTS = ("columns", "correct", "discard", "file", "mapping", "read_again", "run", "save_mapping", "sheet",
           "start", "stop", "take_up", "try")  # fmt: skip

#: Screens of one survey in the studio.
SURVEYS = ("form", "kinds", "add_item", "arrange", "undo", "item", "remove_item", "logic", "add_rule", "rule",
           "remove_rule", "add_step", "step", "remove_step", "add_section", "section", "remove_section", "flow",
           "follow_ups", "add_part", "part", "move_part", "settings", "sending", "copy", "archive", "delete",
           "preview", "frame", "try")  # fmt: skip


def samples(
    cast: Cast,
    *,
    shown: int,
    person: int,
    deal: int,
    run: int = 1,
    mapping: int = 1,
    simulation: int = 1,
    dispatch: int = 1,
    link: int = 1,
    response: int = 1,
    shared: str = "shared",
    follow_up: int = 1,
) -> dict[str, Any]:
    return {
        "automation": "an_automation",
        "form": "ask",
        "item": "code",
        **{
            f"form_studio:{name}:step": "one"
            for name in ("step", "remove_step", "add_section", "section", "remove_section")
        },
        **{f"survey_studio:{name}:form": "nps" for name in SURVEYS},
        **{f"survey_studio:{name}:item": "why" for name in SURVEYS},
        **{
            f"survey_studio:{name}:step": "one"
            for name in ("step", "remove_step", "add_section", "section", "remove_section")
        },
        **{
            f"survey_studio:{name}:kind": "message_when"
            for name in ("add_rule", "rule", "remove_rule")
        },
        **{f"survey_studio:{name}:part": "ends" for name in ("add_part", "part", "move_part")},
        "survey_studio:add?": {"type": "organisation"},
        "survey_studio:preview?": {"width": "desk"},
        "form_studio:add_rule:kind": "message_when",
        "form_studio:rule:kind": "message_when",
        "form_studio:remove_rule:kind": "message_when",
        "form_studio:add?": {"type": "organisation"},
        "form_studio:preview?": {"width": "desk"},
        "way": "undo",
        "number": 0,
        "link": "company",
        "route": "first",
        "secret": "0" * 40,
        "step": "tell",
        "automations:record:pk": shown,
        "automations:press:pk": shown,
        "automations:convert:pk": shown,
        "automation_studio:add_action:kind": "notify",
        "automation_studio:add?": {"kind": "created", "type": "organisation"},
        "automation_studio:triggers?": {"kind": "created"},
        "automation_studio:try?": {"record": shown},
        "template": "a_template",
        "template_studio:add?": {"type": "organisation"},
        "template_studio:preview?": {"record": shown},
        "promise": "a_promise",
        "pipeline": "relations",
        "stage": "new",
        "transition": "knowing",
        "procedure": "named",
        "process": "boss",
        "pipelines:move?": {"stage": "known"},
        "pipelines:tick:item": "budget",
        "entry": "budget",
        "batch": "00000000-0000-0000-0000-000000000000",
        "todo:plan?": {"segment": "it"},
        "simulation:simulation:pk": simulation,
        "simulation:stop:pk": simulation,
        "simulation:records:pk": simulation,
        "simulation:records?": {"type": "organisation", "action": "view", "way": "lost"},
        "offline_worker?": {"lang": "el"},
        "records:typed?": {
            "address": f"/admin/records/{shown}/edit/",
            "token": "0f0c7f7e-0000",
        },
        "records:explain_do?": {"action": "delete", "kind": "scope", "role": "sales"},
        "records:explain_type_do?": {"action": "delete", "kind": "scope", "role": "sales"},
        "studio:promise_kinds?": {"kind": "only"},
        "studio:promise_add?": {"kind": "only", "type": "organisation"},
        **{f"imports:{name}:pk": run for name in IMPORTS},
        "imports:saved_mapping:pk": mapping,
        "imports:delete_mapping:pk": mapping,
        **{
            f"public_forms:{name}:slug": "ask"
            for name in ("form", "picture", "go_on", "done", "confirm")
        },
        "public_surveys:survey:token": "a-link-of-a-survey",
        "public_surveys:qr:token": "a-link-of-a-survey",
        "public_surveys:picture:token": "a-link-of-a-survey",
        "public_surveys:picture:number": 1,
        **{f"voices:{name}:pk": follow_up for name in ("follow_up", "take", "reopen", "try_again")},
        "inbound:key": "shop",
        "hook": "shop",
        "api:form:key": "ask",
        "api:send_form:key": "ask",
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
        "approvals:request:pk": 1,
        "approvals:withdraw:pk": 1,
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
        "rule": "usual",
        "people": "person",
        "sealed": Pass.to("anna@example.com").text(),
        "survey": "nps",
        **{
            f"survey_sending:{name}:pk": dispatch for name in ("dispatch", "stop", "go_on", "again")
        },
        "survey_sending:close_link:pk": link,
        "survey_sending:plan?": {"segment": "it"},
        "deadline_studio:level_add?": {"type": "organisation"},
        "change": "0",
        "instance_pk": 1,
        "rest": "nothing",
        "path": "nothing.txt",
        "format": "csv",
        "token": 1,
        **{
            f"survey_results:{name}:survey": "relation"
            for name in ("results", "verbatims", "export", "share", "revoke", "response")
        },
        "api:survey_results:key": "relation",
        "survey_results:response:response": response,
        "survey_results:results?": {"split": "owner"},
        "shared_results:token": shared,
        "shared_summary:token": shared,
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
