from surveys.models.counts import Knock, QuotaCount
from surveys.models.following import FollowUp, FollowUpStep
from surveys.models.responses import Answer, Response
from surveys.models.sending import Dispatch, Invitation, OpenLink
from surveys.models.sharing import ResultShare
from surveys.models.surveys import Survey

__all__ = [
    "Answer",
    "Dispatch",
    "FollowUp",
    "FollowUpStep",
    "Invitation",
    "Knock",
    "OpenLink",
    "QuotaCount",
    "Response",
    "ResultShare",
    "Survey",
]
