"""Results as a PDF document of a few pages: what the page shows, to be read and passed on."""
