"""deploy/jupyterhub_config.py, with what has to differ on a machine of which nothing must be changed."""

import os
import pwd
from collections import namedtuple
from pathlib import Path

from jupyterhub.auth import PAMAuthenticator

FOLDER, PORTS = Path(os.environ["HUB_FOLDER"]), os.environ["HUB_PORTS"].split()
ROOT = Path(__file__).parents[2]
FIRST_UID = 52000  # of learners; no account of this machine

c = get_config()  # noqa: F821  JupyterHub defines it
load_subconfig(str(ROOT / "deploy/jupyterhub_config.py"))  # noqa: F821

# Accounts: learner00, learner01, ... are there for the hub alone, as numbers that the system has no name for.
real_getpwnam = pwd.getpwnam
Group = namedtuple("Group", "gr_gid")


def getpwnam(name):
    """The account of a learner, or one of the system's."""
    if not (name.startswith("learner") and name[7:].isdecimal()):
        return real_getpwnam(name)
    uid = FIRST_UID + int(name[7:])
    return pwd.struct_passwd((name, "x", uid, uid, "", str(FOLDER / "home" / name), "/bin/bash"))


pwd.getpwnam = getpwnam


class Passwords(PAMAuthenticator):
    """The rules about groups are those of deploy/; passwords and groups are not the system's."""

    async def authenticate(self, handler, data):
        name = data["username"]
        return name if data["password"] == f"secret of {name}" else None

    @staticmethod
    def _getgrnam(name):
        return Group({"learners": 1, "instructors": 2}[name])

    @staticmethod
    def _getgrouplist(name, group):
        return [group, *([1] if name.startswith("learner") else [])]


c.JupyterHub.authenticator_class = Passwords
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"  # runs as the account, without limits
c.JupyterHub.cleanup_servers = True
c.JupyterHub.active_server_limit = 0  # a small machine still runs the test

c.JupyterHub.bind_url = f"http://127.0.0.1:{PORTS[0]}"
c.JupyterHub.hub_port = int(PORTS[1])
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PORTS[2]}"
c.ConfigurableHTTPProxy.command[0] = str(ROOT / "node_modules/.bin/configurable-http-proxy")
c.JupyterHub.services[0]["api_token"] = os.environ["CULLER_TOKEN"]

# The course, which is installed for all on a real machine, from a place that learners may read.
c.Spawner.environment["PYTHONPATH"] = str(FOLDER / "course")
