"""How the answers of a question are counted: one file for each measure, found by the measure's key."""
