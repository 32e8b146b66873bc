"""The logic of forms: read once, evaluated here for truth and in the browser for comfort."""
