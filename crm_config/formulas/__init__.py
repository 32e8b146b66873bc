"""Formulas: a small expression language for computed fields.

Python's operators over the record's fields and those one link away, and the functions of
`crm_config.formulas.functions`. Parsed and run by simpleeval, with nothing but what is listed here;
types are checked when the configuration is published. An empty operand makes the result empty.
"""

from crm_config.formulas.check import FormulaInvalid, check
from crm_config.formulas.run import compute, parsed

__all__ = ["FormulaInvalid", "check", "compute", "parsed"]
