"""What is measured, one module per figure."""
