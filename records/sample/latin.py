"""Names in Latin letters, for addresses of mail and web."""

_LETTERS = str.maketrans(
    {
        **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)),
        **dict(zip("άέήίόύώϊϋΐΰ", "aeiioyoiyiy", strict=True)),
        "θ": "th",
        "χ": "ch",
        "ψ": "ps",
        "ł": "l",
    }
)


def latin(text: str) -> str:
    """Letter by letter, small; the accents of Latin letters are left to `slugify`."""
    return text.lower().translate(_LETTERS)
