"""Runs JavaScript with Node. A machine without Node skips these tests, but not in CI."""

import json
import os
import shutil
import subprocess

import pytest

from course_utils.widgets.esm import STATIC


def node(*arguments, given=""):
    """What `node` prints; its whole output is the message if it fails. given: its standard input."""
    program = shutil.which("node")
    if not program:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no Node is on the PATH: the widgets' JavaScript was not tried")
    done = subprocess.run([program, *arguments], input=given, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def evaluate(expression, *files):
    """The value of an expression with what the named files of static/ export, through JSON."""
    imports = "".join(f"import * as {file} from {json.dumps((STATIC / file).as_uri() + '.js')};\n" for file in files)
    script = f"{imports}console.log(JSON.stringify({expression}));"
    return json.loads(node("--input-type=module", given=script))
