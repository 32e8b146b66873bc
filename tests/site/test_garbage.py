"""The web server does not look through everything it has loaded at each page."""

import gc

import pytest

from crm_site.garbage import SELDOM, collect_seldom


@pytest.fixture
def as_before():
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)


def test_what_is_loaded_is_not_looked_at_again(as_before):
    gc.unfreeze()
    gc.set_threshold(700, 10, 10)
    collect_seldom()
    assert gc.get_threshold() == SELDOM
    assert gc.get_freeze_count() > 100_000


def test_garbage_is_still_found(as_before):
    collect_seldom()

    class Thing:
        pass

    gone = []
    for _ in range(3):
        thing = Thing()
        thing.itself = thing
        thing.__class__.__del__ = lambda self: gone.append(1)
    del thing
    gc.collect()
    assert len(gone) == 3
