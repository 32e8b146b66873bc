"""The condition builder: a condition as rows of a form, read from its JSON and put together into it again.

What stands in the rows is a `Sheet`: which rows there are (their shape, sent by the script as JSON) and what was typed
into them, exactly as a browser sends it. `load` makes one from a condition, `assemble` makes the condition from one.
Rows that no form can show hold their part as JSON, whole.
"""
