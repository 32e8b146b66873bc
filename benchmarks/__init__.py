"""What the configured storage costs against a table written by hand for one purpose: `make bench`."""
