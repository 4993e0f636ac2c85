"""The live widgets of the lessons; each is handed its maths as a function."""
