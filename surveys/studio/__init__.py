"""Surveys are built here: the builder of forms, with what surveys have besides."""
