"""Promise: whose a notebook is and which lesson is read off its path, and no file changes what another's says."""

import pytest

from course_utils.errors import InputError
from course_utils.instructor.submissions import find

LESSON = "02_softmax_attention"


def found(folder, *paths, within=None):
    """[(student, lesson)] of what is found when these files exist."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()
    return [(one.student, one.lesson) for one in find([folder], within)]


@pytest.mark.parametrize(
    ("path", "student", "lesson"),
    [
        ("anna.ipynb", "anna", None),
        (f"anna_{LESSON}.ipynb", "anna", LESSON),
        (f"{LESSON} - Groß, Anna (2).ipynb", "Groß, Anna", LESSON),
        (f"Groß_{LESSON.upper()}-Copy1.ipynb", "Groß", LESSON),
        (f"anna/{LESSON}.ipynb", "anna", LESSON),
        ("anna/x.ipynb", "anna", None),
        (f"anna_{LESSON}/x.ipynb", "anna", LESSON),
        (f"submitted/anna/{LESSON}/x.ipynb", "anna", LESSON),
        (f"{LESSON}/anna.ipynb", "anna", LESSON),
        ("Zoe\u0308.ipynb", "Zoë", None),
        ("a b/Lösung.IPYNB", "a b", None),
    ],
)
def test_the_path_says_whose_it_is(tmp_path, path, student, lesson):
    assert found(tmp_path, path) == [(student, lesson)]


def test_what_jupyter_keeps_for_itself_is_no_submission(tmp_path):
    assert found(tmp_path, "anna.ipynb", ".ipynb_checkpoints/anna-checkpoint.ipynb", "notes.txt") == [("anna", None)]


def test_a_file_is_found_once(tmp_path):
    found(tmp_path, "anna/x.ipynb")
    assert len(find([tmp_path, tmp_path / "anna", tmp_path / "anna/x.ipynb"])) == 1


def test_single_files_belong_to_the_folders_that_they_were_collected_in(tmp_path):
    found(tmp_path, f"submitted/anna/{LESSON}/x.ipynb")
    (file,) = tmp_path.rglob("*.ipynb")
    assert [one.student for one in find([file])] == ["x"]
    assert find([file], within=tmp_path) == find([tmp_path])


def test_a_link_to_another_s_notebook_takes_nothing_from_them(tmp_path):
    found(tmp_path, "zoe.ipynb")
    (tmp_path / "adam.ipynb").symlink_to(tmp_path / "zoe.ipynb")
    (tmp_path / "bea.ipynb").symlink_to(tmp_path / "nowhere")
    assert [one.student for one in find([tmp_path])] == ["adam", "bea", "zoe"]


def test_a_name_that_is_no_text_can_still_be_graded(tmp_path):
    try:
        (tmp_path / "a\udcff.ipynb").touch()
    except OSError:
        pytest.skip("this system has no such names")
    (one,) = find([tmp_path])
    assert one.student == "a?" and one.file.exists()


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match="There is no"):
        find([tmp_path / "nowhere.ipynb"])
