"""What answers come to, as pure functions of counts: see docs/surveys-results.md for the formulas."""
