"""Refusals of the configuration's services, each with what to do."""


class ConfigError(Exception):
    """Base; the message is for a person."""


class NothingToPublish(ConfigError):
    pass


class ApprovalNeeded(ConfigError):
    pass


class ChangedMeanwhile(ConfigError):
    pass


class UnknownVersion(ConfigError, LookupError):
    pass


class InUse(ConfigError):
    """Something else refers to it; `references` says what."""

    def __init__(self, message: str, references: list["object"]) -> None:
        self.references = references
        super().__init__(message)
