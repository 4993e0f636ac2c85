"""Runs JavaScript with Node. A machine without Node skips these tests, but not in CI."""

import json
import os
import shutil
import subprocess

import pytest


def node(*arguments, given=""):
    """What `node` prints; its whole output is the message if it fails. given: its standard input."""
    program = shutil.which("node")
    if not program:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no Node is on the PATH: the widgets' JavaScript was not tried")
    done = subprocess.run([program, *arguments], input=given, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def evaluate(module, expression):
    """The value of an expression in the scope of a widget's joined module, through JSON."""
    script = f"{module}\nconsole.log(JSON.stringify({expression}));"
    return json.loads(node("--input-type=module", given=script))
