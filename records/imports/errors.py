"""Refusals of imports, each with what to do."""

from collections.abc import Sequence

from crm_config.field_types.base import Text


class ImportRefused(Exception):
    """Base: `message` says what is the matter and what to do."""

    def __init__(self, message: Text) -> None:
        self.message = str(message)
        super().__init__(self.message)


class FileRefused(ImportRefused):
    """The file as a whole cannot be read as a table. `code` is stable."""

    def __init__(self, code: str, message: Text) -> None:
        self.code = code
        super().__init__(message)


class MappingRefused(ImportRefused):
    """The mapping does not fit its type, its file or the person's rights; `problems` says where."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(self.problems))


class NotNow(ImportRefused):
    """The run is not in a state in which this can be done."""
