"""Promise: whose a notebook is and which lesson is read off its path, and no file changes what another's says."""

import inspect
import io
import os
import sys
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_utils.errors import InputError
from course_utils.instructor.submissions.file_names import file_part, folder_part
from course_utils.instructor.submissions.roster import Roster
from course_utils.instructor.submissions.submission import find, handed_in

LESSON = "02_softmax_attention"


def found(folder, *paths, within=()):
    """[(student, lesson)] of what is found when these files exist."""
    make(folder, *paths)
    return [(one.student, one.lesson) for one in find([folder], within)]


def make(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


@pytest.mark.parametrize(
    ("path", "student", "lesson"),
    [
        ("anna.ipynb", "anna", None),
        (f"anna_{LESSON}.ipynb", "anna", LESSON),
        (f"{LESSON} - Groß, Anna (2).ipynb", "Groß, Anna", LESSON),
        (f"Groß_{LESSON.upper()}-Copy1.ipynb", "Groß", LESSON),
        (f"bob_{LESSON}-1.ipynb", "bob", LESSON),
        (f"bob_{LESSON}_2.ipynb", "bob", LESSON),
        (f"anna/{LESSON}.ipynb", "anna", LESSON),
        ("anna/x.ipynb", "anna", None),
        (f"anna_{LESSON}/x.ipynb", "anna", LESSON),
        (f"submitted/anna/{LESSON}/x.ipynb", "anna", LESSON),
        (f"{LESSON}/anna.ipynb", "anna", LESSON),
        (f"{LESSON} (1)/anna.ipynb", "anna", LESSON),
        ("Zoe\u0308.ipynb", "Zoë", None),
        ("a b/Lösung.IPYNB", "a b", None),
        ("Smith, John (10004)/x.ipynb", "Smith, John (10004)", None),
        ("Smith, John (10004).ipynb", "Smith, John (10004)", None),
        ("anna (1)/x.ipynb", "anna (1)", None),
        ("anna (1).ipynb", "anna", None),
        ("anna - Kopie (2).ipynb", "anna", None),
        ("copy.ipynb", "copy", None),
        ("s-1.ipynb", "s-1", None),
    ],
)
def test_the_path_says_whose_it_is(tmp_path, path, student, lesson):
    assert found(tmp_path, path) == [(student, lesson)]


def test_what_jupyter_and_macos_keep_for_themselves_is_no_submission(tmp_path):
    kept = (".ipynb_checkpoints/anna-checkpoint.ipynb", "__MACOSX/anna/._x.ipynb", "__MACOSX/x.ipynb", "anna/._x.ipynb")
    make(tmp_path, "anna.ipynb", ".DS_Store", "anna/Thumbs.db", *kept)
    assert [one.student for one in find([tmp_path])] == ["anna"]
    assert handed_in([tmp_path]).others == []


def test_what_is_no_notebook_is_told(tmp_path):
    make(tmp_path, "anna.ipynb", "bob/homework.zip", "cem.ipynb.txt", "dan.py", "out/x.json")
    (tmp_path / "eva.ipynb").mkdir()
    os.mkfifo(tmp_path / "fay.ipynb")
    (tmp_path / "link").symlink_to(tmp_path / "bob")
    there = handed_in([tmp_path, tmp_path / "bob"], but=tmp_path / "out")
    assert [one.student for one in there.submissions] == ["anna"]
    kinds = {"bob/homework.zip": "", "cem.ipynb.txt": "", "dan.py": "", "eva.ipynb": "an empty folder"}
    kinds |= {"fay.ipynb": "no plain file", "link": "a link to a folder"}
    assert {str(one.file.relative_to(tmp_path)): one.kind for one in there.others} == kinds
    assert {one.file.name: one.student for one in there.others}["homework.zip"] == "bob"


def test_what_a_platform_has_named_says_more_than_the_folder_around_it(tmp_path):
    make(tmp_path, *(f"moodle/{name}_12_assignsubmission_file_/x.ipynb" for name in ("Jane", "Joe")), "anna.ipynb")
    assert sorted(one.student.split()[0] for one in find([tmp_path])) == ["Jane", "Joe", "anna"]


def test_folders_of_several_students_can_be_named(tmp_path):
    make(tmp_path, "Tutor Kim/anna.ipynb", "Tutor Kim/ben/x.ipynb", "cem/draft.ipynb")
    assert {one.student for one in find([tmp_path])} == {"Tutor Kim", "cem"}
    named = handed_in([tmp_path], named=["tutor kim"])
    assert {one.student for one in named.submissions} == {"anna", "ben", "cem"} and named.sections == {("Tutor Kim",)}


def test_a_zip_that_was_packed_anew_leaves_nothing_behind(tmp_path):
    def packed(*names, into="class.zip"):
        with zipfile.ZipFile(tmp_path / "in" / into, "w") as archive:
            for name in names:
                archive.writestr(f"{name}.ipynb", "{}")
        found = handed_in([tmp_path / "in"], unpacked=tmp_path / "out")
        return sorted(one.file.stem for one in found.submissions)

    (tmp_path / "in").mkdir()
    assert packed("anna", "ben") == ["anna", "ben"]
    times = {path: path.stat().st_ctime_ns for path in (tmp_path / "out").rglob("anna.ipynb")}
    assert packed("anna", "cem") == ["anna", "cem"] and packed("dan", into="more.zip") == ["anna", "cem", "dan"]
    assert all(path.stat().st_ctime_ns == then for path, then in times.items())  # whoever grades it is not disturbed
    (tmp_path / "in/class.zip").unlink()
    assert packed("dan", into="more.zip") == ["dan"]


def zipped(files):
    """The bytes of a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_student_s_own_zip_in_the_platform_s_is_opened(tmp_path):
    """Two of one name in it, and a zip that holds another, hurt nobody; a broken one is told, and the class goes on."""
    anna, bob = "Anna_12_assignsubmission_file_/x.ipynb", "Bob_13_assignsubmission_file_"
    class_ = {f"{anna}.zip": zipped({"work/x.ipynb": "{}", "more.zip": zipped({"y.ipynb": "{}"})}), anna: "{}"}
    class_ |= {f"{bob}/broken.zip": b"PK", f"{bob}/z.ipynb": "{}"}
    (tmp_path / "class.zip").write_bytes(zipped(class_))
    for _ in range(2):  # the second time all of it is there
        found = handed_in([tmp_path / "class.zip"], unpacked=tmp_path / "out")
        theirs = sorted((one.student, one.file.name) for one in found.submissions)
        assert theirs == [("Anna (12)", "x.ipynb"), ("Anna (12)", "x.ipynb"), ("Bob (13)", "z.ipynb")]
        others = {one.file.name: (one.student, one.kind[:24]) for one in found.others}
        assert others == {
            "more.zip": ("Anna (12)", ""),
            "broken.zip": ("Bob (13)", "a zip that cannot be rea"),
        }


def test_a_file_is_found_once(tmp_path):
    make(tmp_path, "anna/x.ipynb")
    assert len(find([tmp_path, tmp_path / "anna", tmp_path / "anna/x.ipynb"])) == 1


def test_single_files_belong_to_the_folders_that_they_were_collected_in(tmp_path):
    make(tmp_path, f"submitted/anna/{LESSON}/x.ipynb")
    (file,) = tmp_path.rglob("*.ipynb")
    assert [one.student for one in find([file])] == ["x"]
    assert find([file], within=[tmp_path]) == find([tmp_path])


def test_a_link_to_another_s_notebook_takes_nothing_from_them(tmp_path):
    make(tmp_path, "zoe.ipynb")
    (tmp_path / "adam.ipynb").symlink_to(tmp_path / "zoe.ipynb")
    (tmp_path / "bea.ipynb").symlink_to(tmp_path / "nowhere")
    assert [one.student for one in find([tmp_path])] == ["adam", "bea", "zoe"]


def test_names_that_are_no_text_can_be_graded_and_stay_two(tmp_path):
    try:
        make(tmp_path, "a\udcff.ipynb", "a\udcfe.ipynb")
    except OSError:
        pytest.skip("this system has no such names")
    assert sorted(one.student for one in find([tmp_path])) == ["a\\xfe", "a\\xff"]


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match="There is no"):
        find([tmp_path / "nowhere.ipynb"])


def test_a_folder_in_a_folder_in_a_folder_stops_nothing(tmp_path):
    make(tmp_path, "anna/" + 200 * "d/" + "x.ipynb")
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert [one.student for one in find([tmp_path])] == ["anna"]
    finally:
        sys.setrecursionlimit(usual)


PIECES = ["-copy", " copy ", "(1)", " (", "_", "-", "-1", LESSON, "_LATE_123", "_attempt_", " "]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("end", ["", "x", "(", "!"])
def test_no_name_takes_long(piece, end):
    started = time.process_time()
    for name in (piece * (250 // len(piece)) + end, "z" + piece * 4000 + end):
        file_part(name), folder_part(name)
    assert time.process_time() - started < 2


@given(st.text(max_size=300) | st.text(st.characters(), max_size=40))
def test_every_name_can_be_taken_apart(name):
    for part in (file_part(name), folder_part(name)):
        assert part.usual in part.forms and all(number >= 0 for form in part.forms for number in form.copies)


NAME = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAME, min_size=1, max_size=4, unique_by=str.casefold), st.booleans())
def test_whatever_a_folder_is_called_everything_in_it_is_found(tmp_path_factory, names, with_list):
    folder = tmp_path_factory.mktemp("names")
    visible = [name for name in names if not name.startswith(".") and name.casefold() != "__macosx"]
    paths = [f"{name}/{LESSON}.ipynb" for name in visible if len(name.encode()) < 250]
    make(folder, *paths)
    submissions = find([folder], roster=Roster(names) if with_list else None)
    assert len(submissions) == len({path.casefold() for path in paths})
    assert all(one.student for one in submissions)
