"""Promise: every setting in deploy/ is one that its library knows, and what systemd is told are the limits."""

import asyncio
import json
import os
import pwd
import re
import sys
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import jupyterhub_idle_culler
import pytest
import yaml
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from jupyterhub import scopes
from jupyterhub.app import JupyterHub
from jupyterhub.auth import PAMAuthenticator
from jupyterhub.proxy import ConfigurableHTTPProxy
from jupyterhub.spawner import LocalProcessSpawner, Spawner
from systemdspawner import SystemdSpawner, systemd
from traitlets.config import Config, PyFileConfigLoader

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
KNOWN = (
    JupyterHub, PAMAuthenticator, Spawner, LocalProcessSpawner, SystemdSpawner, ConfigurableHTTPProxy, KernelManager,
    MappingKernelManager,
)  # fmt: skip
CLASSES = {known.__name__: known for known in KNOWN}


@pytest.fixture(scope="module")
def settings():
    """The configuration, loaded as JupyterHub loads it."""
    return PyFileConfigLoader(str(DEPLOY / "jupyterhub_config.py")).load_config()


def unknown(settings):
    """Names that no library has."""
    return [
        f"{section}.{name}"
        for section, values in settings.items()
        for name in values
        if section not in CLASSES or name not in CLASSES[section].class_traits(config=True)
    ]


def test_every_setting_is_known(settings):
    assert len(settings) > 3 and unknown(settings) == []
    assert unknown(Config({"Spawner": {"memory_limit": 1}})) == ["Spawner.memory_limit"]


def test_every_setting_of_a_learners_server_is_known(settings):
    for argument in settings.Spawner.args:
        section, name, value = re.fullmatch(r"--(\w+)\.(\w+)=(.+)", argument).groups()
        trait = CLASSES[section].class_traits(config=True)[name]
        trait.from_string(value)


def test_the_culler_knows_its_options_and_may_do_what_it_does(settings):
    (service,), (role,) = settings.JupyterHub.services, settings.JupyterHub.load_roles
    culler = jupyterhub_idle_culler.IdleCuller()
    culler.parse_command_line(service["command"][3:])
    assert culler.timeout == 3600 and service["command"][:3] == [sys.executable, "-m", "jupyterhub_idle_culler"]
    assert role["services"] == [service["name"]] and set(role["scopes"]) <= set(scopes.scope_definitions)


def test_systemd_is_told_the_limits(settings, monkeypatch):
    """The command that SystemdSpawner would run is written down, not run."""
    told = {}

    async def start(unit, properties, **more):
        told.update(properties, unit=unit, **more)

    async def no(unit):
        return False

    async def yes(unit):
        return bool(told)

    person = pwd.getpwuid(os.getuid())
    monkeypatch.setattr(systemd, "start_transient_service", start)
    monkeypatch.setattr(systemd, "service_running", yes)
    monkeypatch.setattr(systemd, "service_failed", no)
    monkeypatch.setattr(SystemdSpawner, "get_env", lambda self: {})
    monkeypatch.setattr(SystemdSpawner, "get_args", lambda self: self.args)
    spawner = SystemdSpawner(config=settings, user=SimpleNamespace(name=person.pw_name, id=7))
    asyncio.run(spawner.start())
    assert told["MemoryMax"] == 2 * 2**30 and told["MemorySwapMax"] == "0" and told["CPUQuota"] == "200%"
    assert told["NoNewPrivileges"] == told["PrivateTmp"] == "yes" and told["slice"] == "learners.slice"
    assert told["uid"] == person.pw_uid and told["unit"] == f"jupyter-{person.pw_name}-singleuser"


def test_versions_are_the_ones_written_down():
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    package = json.loads((ROOT / "package.json").read_text())
    assert f"configurable-http-proxy@{package['devDependencies']['configurable-http-proxy']}" in readme
    lines = (DEPLOY / "requirements.txt").read_text().splitlines()
    pins = dict(line.split("==") for line in lines if line[0] not in "#-")
    assert len(pins) > 3 and pins == {name: version(name) for name in pins}


def test_kubernetes_has_the_same_limits(settings):
    values = yaml.safe_load((DEPLOY / "kubernetes/values.yaml").read_text())
    server = values["singleuser"]
    assert server["memory"]["limit"] == f"{settings.Spawner.mem_limit // 2**30}G"
    assert server["cpu"]["limit"] == settings.Spawner.cpu_limit
    assert server["cmd"][1:] == [
        word for word in settings.Spawner.args if "ipc" not in word
    ]  # a pod has a network of its own
