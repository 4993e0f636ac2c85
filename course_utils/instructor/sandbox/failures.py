"""How talking to the sandbox can fail, told apart by whose doing it is: the notebook's, or the sandbox's own."""


class Lost(Exception):
    """The child has ended by what it did itself. The message says how."""


class TimeOver(Lost):
    """It did not reply in time. idle: it had a processor for less than half of that, so that it may not be to blame."""

    idle = False


class SandboxFault(Exception):
    """The sandbox has failed, or the system has ended it: no notebook is to blame; a fresh sandbox may do better."""


class SandboxFails(Exception):
    """Python does not start in the sandbox: nothing can be graded."""
