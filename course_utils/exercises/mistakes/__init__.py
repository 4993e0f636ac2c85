"""What people get wrong in the exercises whose table is too long to stand beside the exercise: one module each."""
