"""What becomes of an answer: rules make follow-ups, and people close the loop."""
