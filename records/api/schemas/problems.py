"""The list of problems in answers."""

from ninja import Schema


class ProblemKindOut(Schema):
    code: str
    status: int
    title: str


class ProblemKindsOut(Schema):
    problems: list[ProblemKindOut]
