"""The screens of imports: file, columns, dry run, run, receipt."""
