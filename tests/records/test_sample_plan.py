"""What the sample company would be, before any of it is written."""

from collections import Counter
from datetime import date, timedelta

from crm_config import packs
from records.sample import load
from records.sample.latin import latin
from records.sample.plan import DAYS

TODAY = date(2026, 5, 20)


def test_the_same_day_gives_the_same_company() -> None:
    one, other = load.design(TODAY), load.design(TODAY)
    assert [(s.type, s.day, s.by, s.values) for s in one.steps] == [
        (s.type, s.day, s.by, s.values) for s in other.steps
    ]


def test_its_size_and_span_are_those_of_a_real_small_company() -> None:
    plan = load.design(TODAY)
    made = Counter(step.type for step in plan.steps if step.type)
    assert 4500 <= sum(made.values()) <= 6500
    assert {
        "organisation",
        "person",
        "lead",
        "opportunity",
        "request",
        "product",
        "call",
        "visit",
    } <= set(made)
    assert min(step.day for step in plan.steps) == TODAY - timedelta(days=DAYS)
    assert max(step.day for step in plan.steps) <= TODAY
    months = Counter((step.day.year, step.day.month) for step in plan.steps)
    assert len(months) >= 17 and min(list(months.values())[1:-1]) > 100


def test_every_customer_speaks_in_their_own_script() -> None:
    steps = load.design(TODAY).steps
    names = " ".join(str(step.values["name"]) for step in steps if step.type == "organisation")
    assert any("α" <= letter <= "ω" for letter in names.lower())
    assert any(letter in "șțăâî" for letter in names.lower())
    assert any(letter in "łąęśżź" for letter in names.lower())


def test_nobody_real_can_be_reached() -> None:
    """Mail and web under a name kept for examples; telephone numbers that nobody has."""
    for step in load.design(TODAY).steps:
        for key in ("email", "website"):
            if key in step.values:
                assert str(step.values[key]).endswith(".example")
        for key in ("phone", "mobile"):
            assert str(step.values.get(key, "000")).replace(" ", "").count("0") >= 2


def test_its_company_is_a_pack_that_builds_on_the_others() -> None:
    assert set(packs.read(load.COMPANY).requires) == set(packs.shipped())


def test_greek_becomes_latin_letters() -> None:
    assert latin("Χρυσή Ψαράκη Łódź") == "chrysi psaraki lódź"
