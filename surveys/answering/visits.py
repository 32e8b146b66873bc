"""Who knocks: what a token leads to. Whoever guesses learns nothing, and costs the same as who knows."""

from __future__ import annotations

from dataclasses import dataclass

from crm_config.definitions import Snapshot
from surveys.definitions import SurveyDef, survey_of
from surveys.models import Invitation, OpenLink, Response

#: Longer ones are none of ours.
LONGEST = 50


@dataclass(eq=False)
class Visit:
    """`survey` is None where the token leads nowhere, or the survey is not in use. `own`: the token is that of a
    response, as whoever goes on later has it."""

    token: str
    survey: SurveyDef | None = None
    invitation: Invitation | None = None
    link: OpenLink | None = None
    response: Response | None = None
    own: bool = False

    @property
    def known(self) -> bool:
        return not (self.invitation is None and self.link is None and self.response is None)

    @property
    def anonymous(self) -> bool:
        return self.survey is not None and self.survey.is_anonymous

    @property
    def kiosk(self) -> bool:
        return self.link is not None and self.link.kind == OpenLink.Kind.KIOSK

    @property
    def is_test(self) -> bool:
        return self.link is not None and self.link.kind == OpenLink.Kind.TEST

    @property
    def stays(self) -> bool:
        """Pages follow each other under one address: the next person at a kiosk must not go back to those of the
        last one, and no log may join an invitation with the answers that nobody is to join with it."""
        return self.kiosk or self.anonymous

    @property
    def record_id(self) -> int | None:
        """What is asked about; nobody knows in anonymous surveys."""
        return self.invitation.record_id if self.invitation and not self.anonymous else None

    @property
    def person_id(self) -> int | None:
        return self.invitation.person_id if self.invitation and not self.anonymous else None

    @property
    def language(self) -> str:
        """The one that was chosen or that the invitation is in."""
        if self.response is not None and self.response.language:
            return self.response.language
        return self.invitation.language if self.invitation else ""


def find(token: str, snapshot: Snapshot) -> Visit:
    """Three questions to the database, whatever the token."""
    asked = token[:LONGEST]
    invitation = Invitation.objects.filter(token=asked).first()
    link = OpenLink.objects.filter(token=asked).first()
    wanted = {"invitation": invitation.pk} if invitation else {"token": asked}
    responses = Response.objects.select_related("invitation", "link").filter(**wanted)
    response = responses.first()
    own = response is not None and invitation is None
    if own and response is not None:
        invitation, link = response.invitation, response.link
    key = next((each.survey for each in (response, invitation, link) if each is not None), "")
    survey = survey_of(snapshot, key) if key else None
    if invitation is not None and invitation.status == Invitation.Status.SKIPPED:
        return Visit(token)
    if own and link is not None and link.kind == OpenLink.Kind.KIOSK:
        return Visit(token)
    if _erased(invitation, survey):
        return Visit(token)
    return Visit(token, survey, invitation, link, response, own)


def _erased(invitation: Invitation | None, survey: SurveyDef | None) -> bool:
    """Whoever was asked is gone, and so is what they said: nothing is added to it by the old address."""
    if invitation is None or survey is None or survey.is_anonymous:
        return False
    return invitation.person_id is None
