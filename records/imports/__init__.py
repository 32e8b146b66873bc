"""Import: tables that came from elsewhere become records, through the one gate.

A file is read by a format (`formats/`), its columns are mapped to fields (`mapping`, `guessing`), its rows
are kept in chunks (`staging`), and each chunk goes through django-import-export's `Resource`
(`resource`), whose bulk write is a batch of the gate. Nothing is changed on the way but what the mapping says.
"""
