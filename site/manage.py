#!/usr/bin/env python
"""Django's command line, from the checkout: `python site/manage.py COMMAND`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    sys.path[:0] = [str(here.parent), str(here)]
    from crm_site.cli import main

    main()
