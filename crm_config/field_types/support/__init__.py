"""What several field types share: cleaning text, reading numbers and moments, widgets, samples."""
