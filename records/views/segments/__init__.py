"""The screens of segments: all of a type, one of them, its list, and the segments of a record."""
