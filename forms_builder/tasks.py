"""Jobs of forms."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from crm_config.live import pinned
from forms_builder import drafts, mails, refused_files, services
from forms_builder.models import Submission
from jobs.registry import job, periodic
from jobs.runs import JobRun


@job(mails.KIND, label=_("Mails of forms"))
def mail(run: JobRun) -> dict[str, bool]:
    row = Submission.objects.filter(pk=run.args["submission"]).first()
    with pinned():
        return {"sent": row is not None and mails.send(row, run.args["what"])}


@job("forms_builder.sweep", label=_("Look after what was sent"))
def sweep(run: JobRun) -> dict[str, int]:
    return services.sweep() | {"drafts": drafts.forget()}


@job("forms_builder.refused_files", label=_("Forget files of what was refused"))
def forget_refused_files(run: JobRun) -> dict[str, int]:
    return {"files": refused_files.forget()}


periodic("forms_builder.sweep", every=timedelta(minutes=1))
periodic("forms_builder.refused_files", every=timedelta(days=1))
