"""PDF documents: a sheet with margins, header and footer, and what is put on it.

sheet = Sheet(About(title=…, company=…, made_at=access.now, time_zone=…, language=…))
heading(sheet, "Results")
table(sheet, [Column("Group"), Column("n", number=True)], rows)
sheet.made()  # bytes
"""
