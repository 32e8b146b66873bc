"""What surveys and their rules are called, as they are published; by their keys where they are gone."""

from __future__ import annotations

from crm_config.definitions import Snapshot
from surveys.definitions import FollowUpDef, surveys_of
from surveys.models import FollowUp


def survey_label(key: str, snapshot: Snapshot) -> str:
    found = surveys_of(snapshot).get(key)
    return found.label if found else key


def rule_of(row: FollowUp, snapshot: Snapshot) -> FollowUpDef | None:
    survey = surveys_of(snapshot).get(row.survey)
    rules = survey.follow_ups if survey else ()
    return next((rule for rule in rules if rule.key == row.rule), None)


def rule_label(row: FollowUp, snapshot: Snapshot) -> str:
    rule = rule_of(row, snapshot)
    return rule.label if rule else row.rule
