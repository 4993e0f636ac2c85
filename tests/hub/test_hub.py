"""Promise: on the hub of deploy/ learners pull, keep answers, hand in, and cannot touch a neighbour's work."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attempts
import nbformat
import pytest
from classroom import LESSON, answered, come_in, fair_totals, link_to_lesson, totals
from example_class import cell_of
from learner import Learner
from loopback import LOOPBACK
from sandboxes import BWRAP

pytestmark = pytest.mark.slow
FILE = f"{LESSON}.ipynb"
LEARNERS = 2
CULLER = [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=1", "--cull-every=1"]
SECONDS_TO_CULL = 120
# Listens to every kernel on the machine that can be heard over TCP, until a second after the file `said` is there.
EAVESDROP = """
import os, time, zmq
listening = [line.split() for line in open("/proc/net/tcp").read().splitlines()[1:]]
ear = zmq.Context.instance().socket(zmq.SUB)
ear.subscribe(b"")
for fields in listening:
    if fields[3] == "0A":
        ear.connect("tcp://127.0.0.1:%d" % int(fields[1].rpartition(":")[2], 16))
open("listens", "w").close()
said, heard = 0, b""
while not said or time.monotonic() < said + 1:
    said = said or os.path.exists("said") and time.monotonic()
    if ear.poll(200):
        heard += b"".join(ear.recv_multipart())
print(b"a secret of" in heard)
"""


@pytest.fixture(scope="module")
def class_(hub):
    """[(Learner, path of the lesson)] of learners who have come in at the same time, answered and handed in, twice."""

    def work(number):
        learner, path = come_in(hub, number)
        assert learner.copy(path, "hand-in") == f"hand-in/{FILE}"
        learner.save(path, answered(learner.read(path), number))
        assert learner.copy(path, "hand-in") == f"hand-in/{LESSON}-Copy1.ipynb"
        return learner, path

    with ThreadPoolExecutor(LEARNERS) as pool:
        return list(pool.map(work, range(LEARNERS)))


def said_by(learner, path, source):
    """What a cell prints in the learner's kernel."""
    with learner.kernel(path) as kernel:
        outputs = kernel.run(source)
    assert [output.output_type for output in outputs] == ["stream"], outputs
    return outputs[0].text


def tried(learner, path, *words):
    """{attempt: outcome} of attempts.py, run by a learner."""
    words = ["attempts.py", *map(str, words)]
    source = Path(attempts.__file__).read_text()
    return json.loads(said_by(learner, path, f"import sys\nsys.argv = {words}\nexec({source!r})"))


def folders(hub, learner):
    """(home, hand-in, run) of a learner; in the first two lies a file that may be lost."""
    home, hand_in = hub.home(learner.name), hub.hand_in / learner.name
    owner = home.stat()
    scratch = hand_in / attempts.SCRATCH
    scratch.write_text("{}")
    os.chown(scratch, owner.st_uid, owner.st_gid)
    return home, hand_in, hub.run / learner.name


def test_only_who_belongs_to_the_class_comes_in(hub):
    assert Learner(hub.url, "learner00").log_in("a guess") == 403
    assert Learner(hub.url, "nobody").log_in("secret of nobody") == 403  # an account, and in none of the groups


def test_a_neighbours_work_is_out_of_reach(hub, class_):
    (one, path), (other, _) = class_
    with other.kernel(path):  # so that there is a kernel to talk to
        theirs = tried(one, path, "learner", *folders(hub, other))
    assert theirs == dict.fromkeys(theirs, "PermissionError")
    (hub.hand_in / other.name / attempts.SCRATCH).unlink()
    own = tried(one, path, "learner", *folders(hub, one))
    assert own == dict.fromkeys(theirs, "done")  # what is tried works where it may


def test_the_machines_own_files_are_out_of_reach(hub, class_):
    machine = tried(*class_[0], "machine", hub.log.parent, hub.hand_in, hub.run)
    assert machine == dict.fromkeys(machine, "PermissionError") and machine


def test_a_neighbours_kernel_cannot_be_heard(hub, class_):
    (one, path), (other, _) = class_
    with ThreadPoolExecutor(1) as pool, other.kernel(path) as kernel:
        heard = pool.submit(said_by, one, path, EAVESDROP)
        mark = hub.home(one.name) / Path(path).parent / "listens"
        while not mark.exists() and not heard.done():
            time.sleep(0.1)
        assert kernel.run("print('a secret of', 'mine')")[0].text == "a secret of mine\n"
        mark.with_name("said").touch()
        assert heard.result() == "False\n"


def test_a_neighbours_server_is_closed(hub, class_):
    (one, path), (other, _) = class_
    token = said_by(one, path, "import os; print(os.environ['JUPYTERHUB_API_TOKEN'])").strip()
    own = {"Authorization": f"token {token}"}
    assert LOOPBACK.get(f"{one.home}api/contents", headers=own).status_code == 200
    assert LOOPBACK.get(f"{other.home}api/contents", headers=own).status_code == 403
    assert one.session.get(f"{other.home}api/contents").status_code == 403  # as a browser that is logged in
    for method, asked in (("GET", "users"), ("DELETE", f"users/{other.name}/server"), ("GET", f"users/{other.name}")):
        assert LOOPBACK.request(method, f"{hub.url}/hub/api/{asked}", headers=own).status_code in (403, 404)


def test_answers_outlive_a_new_version(hub, class_):
    learner, path = class_[0]
    upstream = hub.upstream / "notebooks" / FILE
    for number in (1, 2):
        notebook = nbformat.read(upstream, as_version=4)
        cell_of(notebook, "answer", "softmax").source += f"\n# version {number}"
        notebook.cells.append(nbformat.v4.new_markdown_cell(f"New in version {number}"))
        nbformat.write(notebook, upstream)
        (upstream.parent / f"extra_{number}.ipynb").write_text("{}")
        hub.publish(f"Version {number}")
    before = cell_of(learner.read(path), "answer", "softmax").source
    assert learner.pull(link_to_lesson(hub)) == path
    after = learner.read(path)
    assert cell_of(after, "answer", "softmax").source == before
    assert [cell.source for cell in after.cells[-2:]] == ["New in version 1", "New in version 2"]
    assert (hub.home(learner.name) / "course/notebooks/extra_2.ipynb").exists()


@pytest.mark.skipif(not BWRAP, reason="needs bubblewrap")
def test_points_are_what_a_person_would_give(hub, class_, tmp_path):
    one, other = (hub.hand_in / learner.name for learner, _ in class_)
    said_by(*class_[0], f"import os; os.symlink({str(other / FILE)!r}, {str(one / 'better.ipynb')!r}); print()")
    points, said = totals(hub, tmp_path, LEARNERS)
    assert points == fair_totals(LEARNERS) and len(set(points.values())) == LEARNERS
    assert "learner00/better.ipynb is not taken: a link.\n" in said
    assert not list((tmp_path / "submitted/learner00").rglob("better.ipynb"))


def test_idle_servers_are_ended(hub, class_):
    """By the service of deploy/, with the rights that it has there, and less patience."""
    env = {"JUPYTERHUB_API_TOKEN": hub.token, "JUPYTERHUB_API_URL": f"{hub.url}/hub/api"}
    culler = subprocess.Popen(CULLER, env={**os.environ, **env})
    try:
        end = time.monotonic() + SECONDS_TO_CULL
        while hub.servers() and time.monotonic() < end:
            time.sleep(0.5)
        assert not hub.servers()
    finally:
        culler.terminate()
        culler.wait()
