"""Why something cannot be done about a request."""

from records.errors import Forbidden


class Closed(Forbidden):
    """Somebody else was faster: it does not wait any more."""
