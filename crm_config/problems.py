"""What is wrong with a configuration: where, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`path` names the object, outermost first: `("record_types", "deal", "fields", "amount")`."""

    path: tuple[str, ...]
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{' › '.join(self.path)}: {self.message}"


class ConfigurationInvalid(Exception):
    """The configuration cannot be published or loaded; `problems` says why, all of them at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
