"""What the sample company's people say and write, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Texts = Sequence[str]


@dataclass(frozen=True)
class Words:
    """Of one language. Texts may hold `{city}`, `{product}` and `{name}` (a family name)."""

    language: str
    faker: str
    country: str
    #: City and county.
    places: Sequence[tuple[str, str]]
    streets: Texts
    #: `#` stands for a digit. Ranges that nobody has, or that are kept for fiction.
    phone: str
    mobile: str
    tax_number: str
    #: By sector: what a company of it is called, with `{root}`.
    companies: Mapping[str, Texts]
    institutions: Texts
    roots: Texts
    legal_forms: Texts
    job_titles: Texts
    departments: Texts
    shareholders: Texts
    deals: Texts
    needs: Texts
    next_steps: Texts
    calls: Texts
    call_summaries: Texts
    meetings: Texts
    minutes: Texts
    visits: Texts
    reports: Texts
    tasks: Texts
    #: Subject and text.
    letters: Sequence[tuple[str, str]]
    notes: Sequence[tuple[str, str]]
    #: Department, subject, description, solution.
    requests: Sequence[tuple[str, str, str, str]]
    quotes: Texts
    contracts: Texts
    answers: Texts
    remarks: Texts
