"""To-do: each person's day, their calendar and reminders."""
