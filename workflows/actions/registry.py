"""The kinds of action, in the order of the gallery."""

from workflows.actions.assign import ASSIGN
from workflows.actions.base import Action
from workflows.actions.call_webhook import CALL_WEBHOOK
from workflows.actions.convert import CONVERT
from workflows.actions.create_record import ADD_TASK, CREATE_RECORD
from workflows.actions.flow import BRANCH, STOP, WAIT
from workflows.actions.move_stage import MOVE_STAGE
from workflows.actions.notify import NOTIFY
from workflows.actions.run_python import RUN_PYTHON
from workflows.actions.segment_lists import ADD_TO_SEGMENT, TAKE_FROM_SEGMENT
from workflows.actions.send_mail import SEND_MAIL
from workflows.actions.set_fields import SET_FIELDS
from workflows.actions.start_approval import START_APPROVAL

ACTIONS: dict[str, Action] = {
    kind.key: kind
    for kind in (
        SET_FIELDS,
        CREATE_RECORD,
        CONVERT,
        MOVE_STAGE,
        ASSIGN,
        ADD_TASK,
        SEND_MAIL,
        NOTIFY,
        ADD_TO_SEGMENT,
        TAKE_FROM_SEGMENT,
        START_APPROVAL,
        CALL_WEBHOOK,
        WAIT,
        BRANCH,
        STOP,
        RUN_PYTHON,
    )
}


def register(kind: Action) -> None:
    """For other parts and apps above, in `AppConfig.ready()`."""
    if kind.key in ACTIONS:
        raise RuntimeError(f"Two actions call themselves {kind.key!r}.")
    ACTIONS[kind.key] = kind
