"""What the condition builder asks the server while somebody builds. Each request sends all that stands in the rows;
nothing is written."""
