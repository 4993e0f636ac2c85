"""Runs the hub of deploy/ on loopback, with its proxy, a git server that has the lessons, and homes in a folder."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import readable
import requests

ROOT = Path(__file__).parents[2]
PROXY = ROOT / "node_modules/.bin/configurable-http-proxy"
SECONDS = 120
LOOPBACK = requests.Session()
LOOPBACK.trust_env = False  # no proxy stands before it


class Hub:
    """A hub that runs. folder: all that is its own.  url: its address.  repository: what learners pull from."""

    def __init__(self, folder):
        self.folder, self.token = Path(folder), secrets.token_hex(16)
        self.ports = free_ports(4)
        self.url = f"http://127.0.0.1:{self.ports[0]}"
        self.repository = f"git://127.0.0.1:{self.ports[3]}/course"
        self.log = self.folder / "hub/log.txt"
        self.upstream = self.folder / "upstream"
        self.hand_in, self.run = self.folder / "hand-in", self.folder / "run"

    def is_up(self):
        try:
            return LOOPBACK.get(f"{self.url}/hub/health", timeout=5).ok
        except requests.ConnectionError:
            return False

    def servers(self):
        """Names of the learners whose server runs, as the culler may ask for them."""
        asked = {"url": f"{self.url}/hub/api/users", "params": {"state": "active"}}
        return [user["name"] for user in LOOPBACK.get(**asked, headers={"Authorization": f"token {self.token}"}).json()]

    def home(self, name):
        return self.folder / "home" / name

    def publish(self, message):
        """Commit what lies in the folder of the course's authors, and push it to where learners pull from."""
        for words in (["add", "."], ["commit", "-qm", message], ["push", "-q", "origin", "main"]):
            git(*words, cwd=self.upstream)


@contextmanager
def running_hub():
    """A Hub that is up; ended afterwards, with all its servers."""
    with ExitStack() as stack:
        hub = Hub(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub", dir="/tmp")))
        hub.folder.chmod(0o755)
        for name, mode in {"home": 0o755, "hub": 0o700, "git": 0o755}.items():
            (hub.folder / name).mkdir()
            (hub.folder / name).chmod(mode)
        shutil.copytree(ROOT / "course_utils", hub.folder / "course/course_utils")
        publish_lessons(hub)
        git_server = ["git", "daemon", "--export-all", f"--base-path={hub.folder / 'git'}", "--reuseaddr"]
        stack.enter_context(process([*git_server, "--listen=127.0.0.1", f"--port={hub.ports[3]}"]))
        stack.enter_context(process(*command(hub), hub))
        end = time.monotonic() + SECONDS
        while not hub.is_up():
            assert time.monotonic() < end, hub.log.read_text()[-3000:]
            time.sleep(0.2)
        yield hub


def command(hub):
    """(what starts the hub, its environment)."""
    own = {"HUB_FOLDER": hub.folder, "HUB_PORTS": " ".join(map(str, hub.ports)), "HAND_IN": hub.hand_in}
    own["LEARNERS_RUN"] = hub.run
    beside = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, **{name: str(value) for name, value in own.items()}, "CULLER_TOKEN": hub.token, "PATH": beside}
    words = [sys.executable, "-m", "jupyterhub", "-f", str(Path(__file__).parent / "loopback_config.py")]
    return readable.command(words, hub.folder / "hub"), env


@contextmanager
def process(words, env=None, hub=None):
    """It runs meanwhile."""
    out = open(hub.log, "w") if hub else subprocess.DEVNULL
    started = subprocess.Popen(words, env=env, cwd=hub and hub.log.parent, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        end(started)


def end(started):
    """It and all that it has started, at once: by itself a hub waits for servers, and they wait for their kernels."""
    everything = [started, *psutil.Process(started.pid).children(recursive=True)]
    for one in everything:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    started.wait()
    psutil.wait_procs(everything[1:])


def publish_lessons(hub):
    """A bare repository with the notebooks as they are here, and the folder in which its authors work."""
    git("init", "-q", "--bare", "-b", "main", str(hub.folder / "git/course"))
    git("clone", "-q", str(hub.folder / "git/course"), str(hub.upstream))
    git("checkout", "-qb", "main", cwd=hub.upstream)
    shutil.copytree(ROOT / "notebooks", hub.upstream / "notebooks")
    hub.publish("The lessons")


def git(*words, cwd=None):
    who = ["-c", "user.name=Course", "-c", "user.email=course@example.org", "-c", "safe.directory=*"]
    subprocess.run(["git", *who, *words], cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def free_ports(count):
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
