"""The operators of conditions, one module per family; each exports `OPERATORS` by key.

Field types import these; nothing here imports a field type. A new operator is one more object
in its family's mapping: the parser, both evaluators, the words and the documentation follow.
"""
