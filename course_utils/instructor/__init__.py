"""Hand out the lessons and grade a class, from the command line: python -m course_utils.instructor --help."""
