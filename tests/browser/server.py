"""A JupyterLab server of our own, and the browser that looks at it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

# The first has all of Chromium that draws a page, and no window around it: a fifth less to compute.
CHROMIUM_NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
)  # fmt: skip
CHROMIUM_FLAGS = [
    "--no-sandbox",  # root, as in a container, gets no browser otherwise
    "--disable-gpu",
    "--no-first-run",
    # Nothing that the lessons did not ask for goes over the network.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
]
SETTINGS = {  # no question about news, no look-up of updates: nothing leaves the machine
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
# Of what the course's makers have beside JupyterLab, what takes its time to start.
NBGRADER = ("assignment_list", "course_list", "formgrader", "validate_assignment")
OTHERS = ["nbgitpuller", *(f"nbgrader.server_extensions.{name}" for name in NBGRADER)]
SECONDS_TO_START = 120


def find_chromium():
    """Path of an installed Chromium or Chrome, or None."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@contextmanager
def serve(folder, home):
    """A JupyterLab on a free port that knows no settings but ours. Gives its address."""
    for name, values in SETTINGS.items():
        file = home / "config/lab/user-settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    page = home / "config/labconfig/page_config.json"
    page.parent.mkdir()
    page.write_text(json.dumps({"disabledExtensions": {"@jupyter/nbgrader": True}}))
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port=0"]
    command += [f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True"]
    command += [f"--ServerApp.jpserver_extensions={dict.fromkeys(OTHERS, False)}"]
    places = {f"JUPYTER_{name.upper()}_DIR": str(home / name) for name in ("config", "data", "runtime")}
    with open(home / "log.txt", "wb") as log:
        env = {**os.environ, **places}
        server = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield _address(server, home)
    finally:
        server.terminate()
        server.wait(SECONDS_TO_START)


def _address(server, home):
    """A server that is ready has written its address and token into its runtime folder."""
    for _ in range(SECONDS_TO_START * 10):
        for file in (home / "runtime").glob("jpserver-*.json"):
            with suppress(ValueError):  # half written
                about = json.loads(file.read_text())
                return f"{about['url']}lab?token={about['token']}"
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{(home / 'log.txt').read_text()}")
