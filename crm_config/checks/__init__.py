"""What is wrong with a payload, beyond its shape. One module per section."""
