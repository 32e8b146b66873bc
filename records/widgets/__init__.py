"""Form widgets that know records, users and teams."""
