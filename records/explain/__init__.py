"""Why somebody may do something, or may not, and the least that would change it."""

from records.explain.explain import explain
from records.explain.tree import Explanation, Part, Remedy

__all__ = ["Explanation", "Part", "Remedy", "explain"]
