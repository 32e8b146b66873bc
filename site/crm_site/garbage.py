"""What Python's collector of garbage looks through. Our code, its models and templates are some million things that
never become garbage, and each page makes thousands that go by themselves: looking at all of it as often as Python
does by itself takes a quarter of a page's time."""

import gc

#: So many things more than before; so many of these rounds; so many of those.
SELDOM = (50_000, 20, 50)


def collect_seldom() -> None:
    """To be called when everything is loaded: what is there then stays, and is not looked at again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
