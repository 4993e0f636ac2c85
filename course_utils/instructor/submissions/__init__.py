"""What was handed in: which files are notebooks, whose they are, of which lesson, and who is on the list."""
