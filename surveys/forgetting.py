"""Files of whoever was erased go after the transaction that erased them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from forms_builder import uploads
from jobs.registry import job
from jobs.runs import JobRun
from surveys.erasing import FILES


@job(FILES, label=_("Delete files of erased respondents"), max_attempts=5)
def forget_files(run: JobRun) -> dict[str, int]:
    uploads.discard(run.args["files"])
    return {"files": len(run.args["files"])}
