"""The maths that the lessons build, in torch and math alone; each function that a lesson teaches is here once."""
