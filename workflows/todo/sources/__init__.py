"""Where a person's items come from: one file each."""
