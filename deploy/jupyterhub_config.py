"""A JupyterHub for one class on one machine. How to set it up, and what of it was tried: deploy/README.md."""

import os
import pwd
import sys
from pathlib import Path

GIGABYTE = 2**30
MEMORY_LIMIT = 2 * GIGABYTE  # of one learner
MEMORY_IN_USE = 480 * 2**20  # of one learner, most of the time: deploy/README.md
CPU_LIMIT = 2  # cores of one learner
HOUR = 3600

HAND_IN = Path(os.environ.get("HAND_IN", "/srv/hand-in"))
RUN = Path(os.environ.get("LEARNERS_RUN", "/run/learners"))  # sockets; a path to one may have 107 characters, no more
MODELS = Path("/srv/course-models")  # lesson 11's model, fetched once for all, if it is there
BIN = Path(sys.executable).parent

c = get_config()  # noqa: F821  JupyterHub defines it


def give_folders(spawner):
    """Before a server starts: folders that no other learner can enter, and a link from the home to the hand-in."""
    learner = pwd.getpwnam(spawner.user.name)
    home, hand_in = Path(learner.pw_dir), HAND_IN / spawner.user.name
    for shared in (HAND_IN, RUN):
        shared.mkdir(parents=True, exist_ok=True)
        shared.chmod(0o711)  # to be passed through by learners, not to be listed
    for folder in (home, hand_in, RUN / spawner.user.name):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        os.chown(folder, learner.pw_uid, learner.pw_gid)
    link = home / "hand-in"
    if not os.path.lexists(link):
        link.symlink_to(hand_in)


# Who may come in: the machine's own accounts. Caddy stands before the proxy and speaks HTTPS.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.ConfigurableHTTPProxy.command = ["configurable-http-proxy", "--no-x-forward"]  # Caddy says that it is HTTPS
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {"learners", "instructors"}
c.PAMAuthenticator.admin_groups = {"instructors"}

# A server is a systemd unit that runs as the learner's own account. A restart of the hub leaves it running.
c.JupyterHub.spawner_class = "systemd"
c.JupyterHub.cleanup_servers = False
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.SystemdSpawner.disable_user_sudo = True
c.SystemdSpawner.slice = "learners.slice"
c.SystemdSpawner.unit_extra_properties = {"MemorySwapMax": "0", "TasksMax": "512", "ProtectProc": "invisible"}

c.Spawner.pre_spawn_hook = give_folders
c.Spawner.cmd = [str(BIN / "jupyterhub-singleuser")]
c.Spawner.default_url = "/lab"
c.Spawner.disable_user_config = True  # a learner cannot break their own server, nor open their kernels to others
c.Spawner.args = [
    "--KernelManager.transport=ipc",  # over TCP anybody on the machine could listen to what a kernel prints
    f"--MappingKernelManager.cull_idle_timeout={2 * HOUR}",  # a kernel takes more memory than its server
    "--MappingKernelManager.cull_connected=True",  # even where its tab is still open
]
c.Spawner.mem_limit = MEMORY_LIMIT
c.Spawner.cpu_limit = CPU_LIMIT
c.Spawner.environment = {
    "JUPYTER_RUNTIME_DIR": lambda spawner: str(RUN / spawner.user.name),
    "OMP_NUM_THREADS": "1",  # else torch starts a thread for each core, and on a full machine they wait for each other
}
if MODELS.is_dir():
    c.Spawner.environment["COURSE_MODELS"] = str(MODELS)
c.Spawner.start_timeout = c.Spawner.http_timeout = 180  # a whole class comes in the same minute

# As many learners at once as the memory holds; the next ones are told so, and nobody's kernel is killed for them.
memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
c.JupyterHub.active_server_limit = int(0.85 * memory) // MEMORY_IN_USE

# Servers that nobody uses are ended; what is on disk stays.
c.JupyterHub.services = [
    {"name": "idle-culler", "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={HOUR}"]}
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["idle-culler"],
    }
]
