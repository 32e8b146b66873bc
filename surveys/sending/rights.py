"""Who may ask people: whoever may share the records that the survey is about, and those records alone."""

from __future__ import annotations

from django.db.models import Q

from crm_config.definitions import TypeDef
from records.access import Access
from surveys.definitions import SurveyDef, survey_of, surveys_of

#: Telling somebody outside about a record, or asking them about it.
ACTION = "share"


def may_ask(record_type: TypeDef, access: Access) -> bool:
    """About any record of the type at all."""
    return (
        not access.read_only and access.may("view", record_type) and access.may(ACTION, record_type)
    )


def may_send(survey: SurveyDef, access: Access) -> bool:
    found = access.snapshot.types.get(survey.type)
    return found is not None and not found.retired and may_ask(found, access)


def askable(record_type: TypeDef, access: Access) -> Q:
    """The records about which people may be asked."""
    return Q(access.q("view", record_type)) & Q(access.q(ACTION, record_type))


def surveys_about(record_type: TypeDef, access: Access) -> list[SurveyDef]:
    """Those in use that this person may send."""
    if not may_ask(record_type, access):
        return []
    known = surveys_of(access.snapshot).values()
    found = [survey_of(access.snapshot, s.key) for s in known if s.type == record_type.key]
    return [survey for survey in found if survey is not None]
