"""What was answered, for whoever may read it: selectors with an `Access`, screens, exports and sharing."""
