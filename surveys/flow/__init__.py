"""How a survey goes on: jumps, end pages, quotas, and proofs that everybody reaches an end."""
