"""Screens beside the list: when things come again, reminders, planning many, moving in the calendar."""
