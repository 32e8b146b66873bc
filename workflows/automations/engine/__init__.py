"""From what happened to what is done: matching, beginning, going on step by step."""
