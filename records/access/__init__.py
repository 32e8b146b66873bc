"""Who may do what with which record, and read or write which field. Deny by default."""

from records.access.access import Access

__all__ = ["Access"]
