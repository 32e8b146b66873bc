"""What becomes of what was sent: records through the gate, links, activities, consents, routing."""
