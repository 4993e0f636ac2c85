"""Promise: nobody is graded unprotected by accident: where bubblewrap does not work, `grade` stops and says why."""

import os
import shutil
import stat

import pytest
from example_class import hand_in
from sandboxes import BWRAP, WHY_NOT

from course_utils.errors import InputError
from course_utils.instructor import results
from course_utils.instructor.__main__ import main
from course_utils.instructor.sandbox import bubblewrap

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="there is no bubblewrap")]
# What bwrap says, and what helps.
COMPLAINTS = {
    "bwrap: setting up uid map: Permission denied": "apparmor_restrict_unprivileged_userns",
    "bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted": "AppArmor profile for bwrap",
    "bwrap: No permissions to create new namespace, likely because the kernel does not allow": "Docker",
    "bwrap: Can't mount proc on /newroot/proc: Operation not permitted": "systempaths=unconfined",
    "bwrap: Creating new namespace failed: Operation not permitted": "namespaces that it needs",
    "bwrap: execvp /usr/bin/python3: No such file or directory": "is installed and does not work here",
}


def grade(folder, *more):
    hand_in(folder / "submitted" / "ada.ipynb")
    return main(["grade", str(folder / "submitted"), "--out", str(folder / "out"), "--seed", "5", *more])


def stops_and_says(folder, capsys, *more):
    """What `grade` says when it has graded nothing."""
    assert grade(folder, "--sandbox", "bubblewrap", *more) == 2
    assert not (folder / "out").exists()
    said = capsys.readouterr().err.strip()
    assert said.startswith("grade: Nothing was graded, for there is no sandbox: ") and "\n" not in said
    assert "--sandbox limits" in said
    return said


@pytest.fixture
def in_its_place(tmp_path, monkeypatch):
    """Puts a program in the place of bwrap."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(text):
        (folder / "bwrap").write_text(text, encoding="utf-8")
        (folder / "bwrap").chmod(0o755)

    return put


def test_not_installed(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "bubblewrap is not installed, or not on the PATH" in stops_and_says(tmp_path, capsys)


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_refused(tmp_path, capsys, in_its_place, complaint):
    in_its_place(f'#!/bin/sh\necho "{complaint}" >&2\nexit 1\n')
    said = stops_and_says(tmp_path, capsys)
    assert complaint in said and COMPLAINTS[complaint] in said
    assert "not installed" not in said and "apt-get" not in said


@pytest.mark.parametrize("text", ["#!/no/such/interpreter\n", "\x7fELF made for another machine"])
def test_it_cannot_be_started(tmp_path, capsys, in_its_place, text):
    in_its_place(text)
    assert f"{tmp_path}/bin/bwrap cannot be started" in stops_and_says(tmp_path, capsys)


def test_it_does_not_come_back(tmp_path, capsys, in_its_place, monkeypatch):
    monkeypatch.setattr(bubblewrap, "SECONDS_TO_TRY", 0.2)
    in_its_place("#!/bin/sh\nexec /bin/sleep 20\n")
    assert "did not come back in 0.2 seconds" in stops_and_says(tmp_path, capsys)


def test_it_says_nothing(tmp_path, capsys, in_its_place):
    in_its_place("#!/bin/sh\nexit 1\n")
    assert "no reason given" in stops_and_says(tmp_path, capsys)


def test_another_system(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(bubblewrap.sys, "platform", "darwin")
    assert "for Linux only" in stops_and_says(tmp_path, capsys)


@pytest.mark.skipif(not BWRAP, reason=f"no sandbox: {WHY_NOT}")
def test_it_is_used_from_where_it_was_found(tmp_path, monkeypatch):
    """As conda and Nix have it: in a folder that is on the PATH of the instructor only."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(BWRAP, elsewhere / "bwrap")
    (elsewhere / "bwrap").chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(elsewhere))
    assert bubblewrap.found() == str(elsewhere / "bwrap")
    assert grade(tmp_path) == 0
    assert [one.sandbox for one in results.read_all(tmp_path / "out")] == ["bubblewrap"]


def test_who_says_that_limits_are_enough_is_told_what_that_means(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert grade(tmp_path, "--sandbox", "limits") == 0
    assert capsys.readouterr().err.count("No sandbox. Students' code runs under limits only. It can read your") == 1
    assert [one.sandbox for one in results.read_all(tmp_path / "out")] == ["limits only"]


def test_there_is_no_third_way(tmp_path):
    with pytest.raises(SystemExit):
        grade(tmp_path, "--sandbox", "auto")


def test_python_s_own_folder_is_no_place_for_a_class():
    with pytest.raises(InputError, match="choose another"):
        bubblewrap.covered([bubblewrap.libraries()[0]])
