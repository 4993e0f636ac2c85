"""Where a hub cannot be run with learners who are kept apart, its tests are skipped, and say why."""

import shutil

import pytest
import readable
from loopback import PROXY, running_hub


@pytest.fixture(scope="module")
def hub():
    """A hub of deploy/ that runs on loopback."""
    why_not = readable.why_not() or next((f"needs {it}" for it in ("git", "node") if not shutil.which(it)), "")
    if why_not or not PROXY.exists():
        pytest.skip(f"the hub: {why_not or 'needs `npm ci`'}")
    with running_hub() as hub:
        yield hub
