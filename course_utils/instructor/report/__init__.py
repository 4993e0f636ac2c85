"""From results to what people read: the gradebook, a page for each student, a page on the class, the essays."""
