"""The field types. A new one is one file here, listed in `registry.MODULES`."""
