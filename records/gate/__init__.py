"""The one gate: every write of a record, from whatever channel, is a batch of changes that passes here.

`check()` asks everything and writes nothing; `execute()` asks the same code, then writes. Higher apps
register their own gates in `records.gate.extensions`.
"""

from records.gate.change import Change, Outcome, Receipt, Refusal

__all__ = ["Change", "Outcome", "Receipt", "Refusal"]
