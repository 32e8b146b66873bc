"""The form in which text is compared and searched: NFKC, case-folded."""

import unicodedata


def normalised(text: str) -> str:
    """Stable under repetition: folding can undo a normal form, and normalising can bring capitals."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", folded).casefold())
