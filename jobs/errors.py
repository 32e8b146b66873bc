"""What can go wrong with a job, each with what follows from it."""


class JobError(Exception):
    """Base of everything the job ledger refuses or reports."""


class Permanent(JobError):
    """Raised by a handler: trying again cannot help. The reason is shown to whoever started the job."""


class Cancelled(JobError):
    """Raised by a handler that stopped because somebody asked for it."""


class LostClaim(JobError):
    """The job was given to another worker meanwhile: whatever this one did must be rolled back."""


class UnknownKind(JobError):
    """No handler is registered for this kind of job."""


class DuplicateKind(JobError):
    """Two handlers claim the same kind of job."""


class NotAllowed(JobError):
    """The job's state does not allow this: a finished job cannot be cancelled, a running one not retried."""
