"""A student's notebook in the sandbox: its cells, the answers among them, and their values."""
