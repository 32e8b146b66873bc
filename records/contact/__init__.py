"""How much people are written to: consent, unsubscribing and the contact budget, asked in one place."""
