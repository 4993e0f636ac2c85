"""Where students' code runs: what starts the sandbox and talks to it. `inside/` is what runs in there."""
