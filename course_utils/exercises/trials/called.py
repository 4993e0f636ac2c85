"""How most functions are tried."""


def called(fn, *args):
    """Called once."""
    return fn(*args)
