"""How large a condition may be: enough for people, too little to wear the database out.

SQLite before 3.46 parses at most 100 things inside each other; the depths here keep within that, and
the lists within its number of parameters and the depth of its expressions (a test tries the largest).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    #: Groups, negations and relations around a comparison, the comparison included.
    depth: int = 8
    #: Nodes of the whole tree.
    nodes: int = 200
    #: Links in a path; the last part of the path is the field.
    links: int = 2
    #: Relations inside relations.
    relations: int = 2
    #: Values in one list, and in all lists together.
    values: int = 500
    all_values: int = 5000
    #: Characters of one text.
    text: int = 500
    #: Days, weeks, months or years of a relative date.
    offset: int = 10_000


LIMITS = Limits()
