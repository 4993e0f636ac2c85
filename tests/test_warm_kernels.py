"""Promise: the kernels of the tests are as new ones, and whoever starts one waits for nothing but that kernel."""

import json
import os
import subprocess
import sys
import time

import pytest
import warm_kernels

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each kernel is started anew"),
]
RUN = """
import json, nbformat
from nbclient import NotebookClient

begin = "import os, random, sys; print('torch' in globals(), 'course_utils' in sys.modules, os.getppid())"
cells = [begin, "1 / 0", "print(random.random())"]
for _ in range({kernels}):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute()
    print(json.dumps([cell.outputs for cell in notebook.cells]))
"""


def outputs(kernels):
    """What the cells printed in each kernel, found by a process whose own output is read to its end."""
    run = [sys.executable, "-c", RUN.format(kernels=kernels)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    told = map(json.loads, done.stdout.splitlines())
    return [[output[0].get("text", output[0].get("ename")) for output in one] for one in told]


def test_two_kernels_know_nothing_of_each_other_and_a_dead_server_is_replaced(tmp_path, monkeypatch):
    monkeypatch.delenv(warm_kernels.PLACE)
    monkeypatch.setenv("JUPYTER_PATH", "")
    warm_kernels.use_in(tmp_path)
    first, second = outputs(kernels=2)
    assert first[:2] == second[:2] and first[2] != second[2], "each has random numbers of its own"
    begins, error, _ = first
    *is_new, server = begins.split()
    assert is_new == ["False", "False"] and error == "ZeroDivisionError"
    os.kill(int(server), 9)
    while warm_kernels.connect(os.environ[warm_kernels.PLACE]):
        time.sleep(0.05)
    assert outputs(kernels=1)[0][1] == "ZeroDivisionError"
