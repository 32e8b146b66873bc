"""Tell somebody, in the app."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.models import User
from workflows.actions.base import Action, Pause, Result, Work
from workflows.automations import people
from workflows.automations.arguments import Argument
from workflows.models import Notification
from workflows.people import with_role


class Notify(Action):
    def plan(self, work: Work) -> str:
        return self._words(self._who(work))

    def run(self, work: Work) -> Result:
        who = self._who(work)
        Notification.objects.bulk_create(
            Notification(
                user=user,
                text=work.given["text"][:500],
                record_id=work.record_id,
                run_id=work.run_id,
            )
            for user in who
        )
        return Result(self._words(who))

    def _who(self, work: Work) -> list[User]:
        found = people.named(work.given.get("users") or ())
        if work.given.get("role"):
            found += with_role(work.given["role"])
        if work.given.get("owner") and work.view.record.owner_id:
            found += list(User.objects.filter(pk=work.view.record.owner_id, is_active=True))
        if not found:
            raise Pause(_("None of those who are to be told works here any more."))
        return list({user.pk: user for user in found}.values())

    def _words(self, who: list[User]) -> str:
        return _("Tell %(names)s.") % {"names": ", ".join(map(str, who))}


NOTIFY = Notify(
    key="notify",
    label=gettext_lazy("Tell somebody"),
    description=gettext_lazy(
        "A word in the app; who may not see the record is told the text alone."
    ),
    icon="comment",
    arguments=(
        Argument("text", "text", gettext_lazy("Text"), required=True),
        Argument("owner", "flag", gettext_lazy("Its owner")),
        Argument("users", "users", gettext_lazy("People"), gettext_lazy("User names, one a line.")),
        Argument("role", "role", gettext_lazy("Everybody with the role")),
    ),
)
