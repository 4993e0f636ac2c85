"""Promise: a student is who the list says; two of one name stay two; platforms' names are understood."""

import csv

import nbformat
import pytest
from example_class import LESSON, fair, half, hand_in
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from course_utils.errors import InputError
from course_utils.exercises.engine.cells import solve
from course_utils.instructor import lessons, results
from course_utils.instructor.__main__ import main
from course_utils.instructor.release.command import folders_of
from course_utils.instructor.submissions.class_list import read_class_list
from course_utils.instructor.submissions.identity import BY_LIST, BY_NOTEBOOK, BY_PATH
from course_utils.instructor.submissions.roster import Roster
from course_utils.instructor.submissions.submission import find, handed_in
from course_utils.instructor.variants import figures_seed, same_name

pytestmark = pytest.mark.usefixtures("warm_sandboxes")
CLASS = ["Smith, John (10004)", "Smith, John (10005)", "Jörg Müller-Groß", "Jane Doe", "s120", "Anna", "O'Neil, Pat"]


def identities(folder, paths, names=None, owner=""):
    """{path: Identity} with these files in a folder."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()
    found = find([folder], roster=names and Roster(names))
    return {str(one.file.relative_to(folder)): one.identity(owner) for one in found}


def one_identity(folder, path, names=None, owner=""):
    (found,) = identities(folder, [path], names, owner).values()
    return found


@pytest.mark.parametrize(
    ("list_", "files"),
    [
        (
            "Identifier,Full name,Grade\nParticipant 482,Ana Lo,\nParticipant 483,Ana Lo,\n",
            ("Ana Lo_{}_assignsubmission_file_/x.ipynb", "482", "483"),
        ),
        (
            'Student,ID,SIS User ID\n"Lo, Ana",5678,U1\n"Lo, Ana",5679,U2\n',
            (f"loana_{{}}_9901_{LESSON}.ipynb", "5678", "5679"),
        ),
    ],
)
def test_the_platform_s_number_says_which_of_two_of_one_name(tmp_path, list_, files):
    (tmp_path / "class.csv").write_text(list_)
    class_, (path, *numbers) = read_class_list(tmp_path / "class.csv"), files
    for number in (*numbers, "9999"):
        (tmp_path / "in" / path.format(number)).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / path.format(number)).touch()
    found = {one.names.telling[0].key: one.student for one in find([tmp_path / "in"], roster=class_.roster)}
    assert [found[number] for number in numbers] == class_.names and found["9999"] not in class_.names


@pytest.mark.parametrize(
    ("path", "student", "copies"),
    [
        ("Smith, John (10004)/x.ipynb", "Smith, John (10004)", ()),
        ("smith,  john_(10005).ipynb", "Smith, John (10005)", ()),
        ("John Smith 10005.ipynb", "Smith, John (10005)", ()),
        (f"{LESSON} - Smith, John (10005) (1).ipynb", "Smith, John (10005)", (1,)),
        ("Doe, Jane.ipynb", "Jane Doe", ()),
        ("Anna (1).ipynb", "Anna", (1,)),
        ("Anna-2.ipynb", "Anna", (2,)),
        (f"Anna_{LESSON}-2.ipynb", "Anna", (2,)),
        ("Anna - Copy (3).ipynb", "Anna", (3,)),
        (f"section_A/Anna/{LESSON}.ipynb", "Anna", ()),
        ("tutor Bob/week 3/Anna.ipynb", "Anna", ()),
        ("Jörg Müller-Groß_12345_assignsubmission_file_/x.ipynb", "Jörg Müller-Groß", ()),
        (f"Pat ONeil_777_assignsubmission_file_{LESSON} (1).ipynb", "O'Neil, Pat", (1,)),
        (f"müllergroßjörg_5678_9901_{LESSON}-1.ipynb", "Jörg Müller-Groß", (1,)),
        (f"doejane_LATE_1234_567890_{LESSON}-2.ipynb", "Jane Doe", (2,)),
        ("HW1_s120_attempt_2026-11-28-10-33-22_x.ipynb", "s120", ()),
        ("Müller-Groß_Jörg_1000/x.ipynb", "Jörg Müller-Groß", ()),
        ("Nobody_Nemo_s120_1000/x.ipynb", "s120", ()),
    ],
)
def test_the_list_says_who_it_is(tmp_path, path, student, copies):
    found = one_identity(tmp_path, path, CLASS)
    assert (found.student, found.copies, found.known_by, found.notes) == (student, copies, BY_LIST, ())


@pytest.mark.parametrize(
    "path", ["Anna (1)/x.ipynb", "Bob (1).ipynb", "Anna Smith.ipynb", "Annabel.ipynb", "Smith, John (10006)/x.ipynb"]
)
def test_who_is_not_on_the_list_keeps_the_whole_name(tmp_path, path):
    found = one_identity(tmp_path, path, CLASS)
    assert (found.student, found.known_by) == (path.partition("/")[0].removesuffix(".ipynb"), BY_PATH)
    assert found.notes[0].startswith(f"{found.student} is not on the list of students.")


def test_who_may_be_meant_is_said(tmp_path):
    (note,) = one_identity(tmp_path, "John Smith.ipynb", CLASS).notes
    assert note.endswith("Is it Smith, John (10004) or Smith, John (10005)?")


@pytest.mark.parametrize(
    ("path", "owner", "student", "known_by"),
    [
        ("submission_23450/Anna.ipynb", "Jane Doe", "Jane Doe", BY_NOTEBOOK),
        ("Participant_77_assignsubmission_file_/x.ipynb", "Jane Doe", "Jane Doe", BY_NOTEBOOK),
        ("homework.ipynb", "Jane Doe", "Jane Doe", BY_NOTEBOOK),
        ("John Smith_5_assignsubmission_file_/x.ipynb", "Smith, John (10005)", "Smith, John (10005)", BY_LIST),
        ("Anna/x.ipynb", "Jane Doe", "Anna", BY_LIST),
        ("homework.ipynb", "Zoe", "homework", BY_PATH),
    ],
)
def test_where_the_list_does_not_know_the_path_the_notebook_says_whose_it_is(tmp_path, path, owner, student, known_by):
    found = one_identity(tmp_path, path, CLASS, owner)
    assert (found.student, found.known_by) == (student, known_by)


@pytest.mark.parametrize(
    ("path", "owner", "student"),
    [
        ("Anna (1).ipynb", "Anna (1)", "Anna (1)"),
        ("section_A/anna.ipynb", "anna", "anna"),
        ("doejane_123_456_x.ipynb", "Jane Doe", "Jane Doe"),
        ("Doe, Jane_1_assignsubmission_file_/x.ipynb", "Jane Doe", "Jane Doe"),
        ("submission_1/x.ipynb", "Jane Doe", "Jane Doe"),
        ("submission_1/x.ipynb", "", "submission_1"),
        ("Jane Doe_12345_assignsubmission_file_/x.ipynb", "", "Jane Doe (12345)"),
        ("anna/x.ipynb", "Jane Doe", "anna"),
    ],
)
def test_without_a_list_the_path_and_the_notebook_agree_or_the_path_counts(tmp_path, path, owner, student):
    assert one_identity(tmp_path, path, None, owner).student == student


def test_two_of_one_name_on_a_platform_stay_two(tmp_path):
    paths = [f"Jane Doe_{number}_assignsubmission_file_/x.ipynb" for number in (1, 2)]
    assert len({who.student for who in identities(tmp_path, paths).values()}) == 2


@pytest.mark.parametrize("names", [None, ["anna", "bob", "cem", "dora"]])
@pytest.mark.parametrize("form", ["{}/" + LESSON, "{}/x", LESSON + "/{}/x", "{}", "{}_" + LESSON])
def test_folders_of_sections_are_nobody_s(tmp_path, names, form):
    whose = {"section_A": ("anna", "bob"), "tutor Zoe": ("cem", "dora")}
    paths = [f"{section}/{form.format(name)}.ipynb" for section, both in whose.items() for name in both]
    found = identities(tmp_path, paths, names)
    assert {who.student for who in found.values()} == {"anna", "bob", "cem", "dora"}
    assert handed_in([tmp_path], roster=names and Roster(names)).sections == {("section_A",), ("tutor Zoe",)}


def test_a_tutor_who_is_called_like_a_student_takes_nobody_s_work(tmp_path):
    found = identities(tmp_path, [f"anna/{name}/x.ipynb" for name in ("anna", "bob", "cem")], ["anna", "bob", "cem"])
    assert [who.student for who in found.values()] == ["anna", "bob", "cem"]


@pytest.mark.parametrize(
    "paths",
    [
        ["anna/draft.ipynb", "anna/final.ipynb", "bob/draft.ipynb", "bob/final.ipynb"],
        ["anna/draft/x.ipynb", "anna/final/x.ipynb", "bob/x.ipynb"],
        [f"anna/{LESSON}.ipynb", "anna/old/x.ipynb", "bob/x.ipynb", "bob/y.ipynb"],
        ["anna/anna_2.ipynb", "anna/anna_3.ipynb", "bob/bob_2.ipynb", "bob/bob_3.ipynb"],
        ["anna/one.ipynb", "anna/two.ipynb", "bob.ipynb"],
    ],
)
def test_a_student_s_own_folder_is_no_section(tmp_path, paths):
    assert {who.student for who in identities(tmp_path, paths).values()} == {"anna", "bob"}


NAMES = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=30),
        st.from_regex(r"[A-Z][a-z]+, [A-Z][a-z]+ \([0-9]{1,5}\)", fullmatch=True),
        st.from_regex(r"(Anna|Bo)([ _-](1|copy|Copy1|\(1\)|LATE_123_4567_x|02_softmax_attention))*", fullmatch=True),
        st.sampled_from(["submitted", "CON", "nul.x", "__MACOSX", ".a", "submission_12", "A_1_assignsubmission_file_"]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(NAMES)
def test_every_name_that_assign_takes_comes_back_from_grade(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("names")
    with open(folder / "class.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([name] for name in names)
    try:
        students = folders_of(read_class_list(folder / "class.csv").names, folder / "class.csv")
    except InputError:
        assume(False)
    for student in students:
        (folder / "in" / student).mkdir(parents=True)
        (folder / "in" / student / f"{LESSON}.ipynb").touch()
    for roster in (None, Roster(students)):
        assert sorted(one.student for one in find([folder / "in"], roster=roster)) == sorted(students)
    assert len(set(map(same_name, students))) == len(students)


@pytest.mark.slow
def test_two_of_one_name_have_two_rows(tmp_path):
    names = ["Smith, John (10004)", "Smith, John (10005)"]
    (tmp_path / "class.csv").write_text("".join(f'"{name}"\n' for name in names), encoding="utf-8")
    hand_in(tmp_path / "in" / names[0] / f"{LESSON}.ipynb")
    hand_in(tmp_path / "in" / names[1] / f"{LESSON}.ipynb", half)
    command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--seed", "1", "--workers", "1"]
    for more in ([], ["--students", str(tmp_path / "class.csv")]):
        assert main([*command, *more]) == 0
        assert main(["report", str(tmp_path / "out"), *more]) == 0
        with open(tmp_path / "out/report/gradebook.csv", encoding="utf-8-sig", newline="") as file:
            rows = {row["student"]: float(row["total"]) for row in csv.DictReader(file)}
        assert rows == {names[0]: fair(set()), names[1]: fair({"attention"})}
    assert len(results.read_all(tmp_path / "out")) == 2


AS_DOWNLOADED = {
    "Moodle": "{first} {last}_{number}_assignsubmission_file_/x.ipynb",
    "Moodle, one folder": "{first} {last}_{number}_assignsubmission_file_" + LESSON + ".ipynb",
    "Canvas": "{letters}_LATE_{number}_9{number}_" + LESSON + "-1.ipynb",
    "Gradescope": "submission_{number}/x.ipynb",
    "Blackboard": "HW 1_u{number}_attempt_2026-11-28-10-33-22_x.ipynb",
    "ILIAS": "{last}_{first}_{number}/x.ipynb",
}
PEOPLE = {"Müller-Groß, Jörg": "Jörg Müller-Groß", "O'Neil, Pat": "Pat O'Neil", "小明, 王": "王 小明"}


ALL = [(platform, with_list) for platform in AS_DOWNLOADED for with_list in (True, False)]
SOME = [(platform, number % 2 == 0) for number, platform in enumerate(AS_DOWNLOADED)]


@pytest.mark.slow
@pytest.mark.parametrize("platforms", [SOME, pytest.param(ALL, marks=pytest.mark.exhaustive)], ids=["some", "all"])
def test_what_platforms_give_back_is_graded_with_own_numbers(tmp_path, platforms):
    """Each notebook as it was handed out to somebody, under the name that each platform gives it."""
    (tmp_path / "class.csv").write_text("\n".join(f'"{name}"' for name in PEOPLE), encoding="utf-8")
    handed_out = ["--students", str(tmp_path / "class.csv"), "--variant", "autumn"]
    assert main(["assign", "02", "--out", str(tmp_path / "out"), *handed_out]) == 0
    for number, name in enumerate(PEOPLE, 101):
        notebook = nbformat.read(tmp_path / "out" / name / f"{LESSON}.ipynb", as_version=4)
        solve(notebook, lambda asked, name=name: figures_seed("autumn", name, asked))
        last, first = name.split(", ")
        letters = "".join(letter for letter in last + first if letter.isalnum()).lower()
        for platform, form in AS_DOWNLOADED.items():
            file = form.format(first=first, last=last.replace("'", ""), letters=letters, number=number)
            lessons.write(notebook, tmp_path / platform / file)
    for platform, with_list in platforms:
        out = tmp_path / f"results {with_list}" / platform
        command = ["grade", str(tmp_path / platform), "--out", str(out), "--seed", "5"]
        assert main([*command, "--variant", "autumn", *(handed_out[:2] if with_list else [])]) == 0
        graded = results.read_all(out)
        assert {one.student for one in graded} == set(PEOPLE), platform
        assert {mark.score for one in graded for mark in one.exercises if mark.name == "score_spread"} == {1}, platform
        assert [flag for one in graded for flag in one.flags] == [], platform
    assert main(command) == 0
    assert all("give `grade` the same --variant" in " ".join(one.flags) for one in results.read_all(out))
