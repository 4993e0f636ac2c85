"""The parts that some answers are put together from, and other parts that people put in their place."""
