"""`make bench`, or `make bench N=1000000`: prints a table; `--write` keeps it in docs/performance.md."""

import argparse
import os
import platform
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
START, END = "<!-- measured -->", "<!-- /measured -->"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=int(os.environ.get("N", "100000")))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "crm_site.settings.test"

    import django

    django.setup()
    from django.db import connection

    if connection.vendor != "postgresql":
        parser.error("Benchmarks run on PostgreSQL: start them with `make bench`.")
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        text = report(options.records)
    finally:
        connection.creation.destroy_test_db("relata", verbosity=0)
    print(text)
    if options.write:
        keep(text, options.records)


def report(number: int) -> str:
    from django.db import connection

    from benchmarks import automating, forms, sending, spamming, surveying
    from benchmarks.measures import measure, rows_per_second
    from benchmarks.simulating import told
    from benchmarks.world import build
    from records.access import Access

    world = build(number)
    rows = list(measure(world))
    imported = rows_per_second(Access.of(world.user))
    tried = told(world)
    sent = forms.told(world)
    worked = automating.told(world)
    asked = sending.told()
    answered = surveying.told(world)
    spammed = spamming.told()
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    lines = [
        f"{date.today()}, {number:,} records, PostgreSQL {server}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores. `make bench N={number}`",
        "",
        "| what | configured, ms | by hand, ms | ratio | rounds |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {r.name} | {r.ours:.2f} | {r.theirs:.2f} | {r.ratio:.1f} | {r.rounds} |"
            for r in rows
        ),
        "",
        f"Records made through the gate in batches of 1,000: {imported:,.0f} a second.",
        "",
        tried,
        "",
        sent,
        "",
        worked,
        "",
        asked,
        "",
        answered,
        "",
        spammed,
    ]
    return "\n".join(lines)


def keep(text: str, number: int) -> None:
    page = PAGE.read_text()
    marks = (
        START.replace("measured", f"measured {number}"),
        END.replace("measured", f"measured {number}"),
    )
    block = f"{marks[0]}\n{text}\n{marks[1]}"
    if marks[0] in page:
        before, _mark, rest = page.partition(marks[0])
        page = before + block + rest.partition(marks[1])[2]
    else:
        page = page.rstrip() + "\n\n" + block + "\n"
    PAGE.write_text(page)


if __name__ == "__main__":
    main()
