"""Promise: a term from the list to the gradebook, in the layouts of five platforms, is what a person would write."""

import csv
import json
import zipfile
from itertools import product

import pytest
from example_class import LESSON, NO_SCALING, answer, filled_in
from example_results import graded, right, text, write_class, wrong
from sandboxes import BWRAP

from course_utils.errors import InputError
from course_utils.instructor.__main__ import main
from course_utils.instructor.plan import LateRule, default_plan, read_plan
from course_utils.instructor.release.handout import handout
from course_utils.instructor.report.times import with_times
from course_utils.instructor.submissions.archives import unpack

pytestmark = pytest.mark.usefixtures("warm_sandboxes")
FIRST = "Jörg 小明 Zoë Jane Pat Ana Lê Bo Søren Ida Max Eve".split()
LAST = ["Müller-Groß", "王", "d'Arc", "O'Neil", "Smith"]
PLAN = """
course = "NLP 101"
due = "2026-12-04 18:00"
[late]
per_day = 0.25
minutes_of_grace = 10
[lessons.02.points]
softmax = 4
why_scale = 0
[lessons.03]
"""


def people():
    """60 of them, two of one name; (first name, last name, number)."""
    found = [(first, last, str(10000 + n)) for n, (last, first) in enumerate(product(LAST, FIRST))]
    found[-1] = (*found[-2][:2], found[-1][2])
    return found


def names_of(class_):
    """As the list tells them apart."""
    twice = {person[:2] for person in class_ if sum(other[:2] == person[:2] for other in class_) > 1}
    return [f"{first} {last}" + (f" ({n})" if (first, last) in twice else "") for first, last, n in class_]


def layout(number, first, last, key):
    """Where a platform puts this student's file: Moodle, Canvas, Blackboard, Gradescope, ILIAS."""
    letters = "".join(c for c in f"{last}{first}".lower() if c.isalnum())
    return (
        f"moodle/{first} {last}_{key}_assignsubmission_file_/homework.ipynb",
        f"canvas/{letters}_{key}_99{key}_{LESSON}.ipynb",
        f"blackboard/Homework 1_u{key}_attempt_2026-12-01-10-33-22_x.ipynb",
        f"gradescope/submission_{key}/{LESSON}.ipynb",
        f"ilias/{last}_{first}_{key}/x.ipynb",
    )[number % 5]


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    """The folder of a term in which everybody has handed in, but for the last."""
    folder = tmp_path_factory.mktemp("term")
    class_ = people()
    lines = [["Surname", "First name", "ID number", "Email address"]]
    lines += [[last, first, n, f"u{n}@x.org"] for first, last, n in class_]
    with open(folder / "class.csv", "w", encoding="utf-16", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(lines)
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    for number, (name, person) in enumerate(list(zip(names_of(class_), class_))[:-1]):
        notebook = filled_in(handout(LESSON, student=name))
        if number % 3 == 0:
            answer(notebook, "attention", NO_SCALING)
        path = folder / "in" / layout(number, *person)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
    with zipfile.ZipFile(folder / "in/moodle.zip", "w") as archive:
        own = next((folder / "in/moodle").rglob("*.ipynb"))  # one has handed in a zip
        with zipfile.ZipFile(own.with_name("homework.zip"), "w") as zipped:
            zipped.write(own, "work/homework.ipynb")
        archive.write(own.with_name("homework.zip"), f"{own.parent.name}/homework.zip")
        own.unlink()
        for path in sorted((folder / "in/moodle").rglob("*.ipynb")):
            archive.write(path, path.relative_to(folder / "in/moodle"))
            path.unlink()
    (folder / "in/canvas/homework.docx").write_text("Word")
    return folder


@pytest.mark.slow
@pytest.mark.skipif(not BWRAP, reason="needs bubblewrap")
def test_a_term(term, capsys):
    class_, students = people(), ["--students", str(term / "class.csv"), "--plan", str(term / "plan.toml")]
    names = names_of(class_)
    assert main(["grade", str(term / "in"), "--out", str(term / "out"), "--seed", "5", *students]) == 0
    said = capsys.readouterr().err
    assert "60 students: Jörg Müller-Groß" in said and "homework.docx" in said
    (term / "times.csv").write_text(f"Full name,Time\n{names[1]},2026-12-05 12:00\n{names[2]},2026-12-04 18:05\n")
    (term / "points.csv").write_text(f"student;exercise;points;comment\n{names[4]};attention;2,5;generous\n")
    more = ["--handed-in", "02", str(term / "times.csv"), "--override", str(term / "points.csv")]
    assert main(["report", str(term / "out"), *students, *more]) == 0
    rows = {row["student"]: row for row in rows_of(term / "out/report/gradebook.csv")}
    assert sorted(rows) == sorted(names)
    for number, name in enumerate(names[:-1]):
        full = 1 + 4 + 1 + (0 if number % 3 == 0 else 3)
        fair = {1: 0.75 * full, 4: full - 0.5}.get(number, full)
        assert float(rows[name]["total"]) == pytest.approx(fair), name
        assert rows[name]["out of"] == "9" and rows[name]["number"] == class_[number][2]
    assert "18.0 hours late: 75% of the points count." in rows[names[1]]["notes"]
    assert "attention: 2.5 by hand, not 3: generous" in rows[names[4]]["notes"]
    assert rows[names[-1]]["notes"] == "nothing handed in" and rows[names[-1]]["total"] == "0"
    totals = rows_of(term / "out/report/totals.csv")
    assert [row["ID number"] for row in totals] == [person[2] for person in class_]
    assert totals[4]["02 · softmax attention"] == "8.5"
    with zipfile.ZipFile(term / "out/report/moodle_02.zip") as archive:
        assert "Jörg Müller-Groß_10000_assignsubmission_file_/feedback.html" in archive.namelist()
    mail = {row["student"]: row for row in rows_of(term / "out/report/mail.csv")}
    assert mail[names[0]]["email"] == "u10000@x.org"
    assert (term / "out/report/feedback" / mail[names[0]]["page"]).exists()


CANVAS = (
    'Student,ID,SIS User ID,SIS Login ID,Section,Old (7)\n"    Points Possible",,,,,7\n'
    '"Doe, Jane",5678,U1,jdoe,A,3\n"Bo, Li",5679,U2,li,B,4\n"Student, Test",9,,x,A,\n'
)
WORKSHEET = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Feedback comments"\n'
    "Participant 12,Doe Jane,j@d.org,Submitted,,10,\nParticipant 13,Li Bo,l@b.org,,,10,\n"
)


def report(tmp_path, list_, *options):
    (tmp_path / "class.csv").write_text(list_, encoding="utf-8")
    class_ = [graded("Jane Doe", right("softmax"), wrong("attention", "no scaling", "x"))]
    write_class(tmp_path / "results", class_)
    status = main(["report", str(tmp_path / "results"), "--students", str(tmp_path / "class.csv"), *map(str, options)])
    return status, tmp_path / "results/report"


def test_canvas_gets_its_own_columns_back(tmp_path):
    status, out = report(tmp_path, CANVAS)
    lines = (out / "totals.csv").read_text(encoding="utf-8-sig").splitlines()
    assert status == 0 and lines == [
        "Student,ID,SIS User ID,SIS Login ID,Section,Old (7),02 · softmax attention",
        "Points Possible,,,,,7,5",
        '"Doe, Jane",5678,U1,jdoe,A,3,2',
        '"Bo, Li",5679,U2,li,B,4,',
    ]


def test_moodles_worksheet_is_filled_in(tmp_path):
    _, out = report(tmp_path, WORKSHEET)
    jane, bo = rows_of(out / "worksheet_02.csv")
    assert (jane["Identifier"], jane["Grade"], jane["Maximum Grade"]) == ("Participant 12", "2", "5")
    assert jane["Feedback comments"].startswith("softmax: right. attention: The scores are not scaled.")
    assert (bo["Grade"], bo["Feedback comments"]) == ("", "")


def test_who_is_not_on_the_list_is_asked_for(tmp_path):
    _, out = report(tmp_path, "Bo Li\n")
    assert [row["seen as"] for row in rows_of(out / "matches.csv")] == ["Jane Doe"]


def test_what_a_person_has_matched_stays_in_the_sheet(tmp_path, capsys):
    file = tmp_path / "results/report/matches.csv"
    (tmp_path / "class.csv").write_text("Bo Li\n")
    write_class(tmp_path / "results", [graded("Jane Doe", place="/in/j"), graded("Jo", place="/in/o")])
    again = ["report", str(tmp_path / "results"), "--students", str(tmp_path / "class.csv")]
    assert main(again) == 0 and "2 files are of nobody on the list: say whose in" in capsys.readouterr().out
    file.write_text("file;seen as;student\n/in/j;Jane Doe;Bo Li\n/in/o;Jo;\n")
    assert main(again) == 0 and [row["student"] for row in rows_of(file)] == ["Bo Li", ""]
    (tmp_path / "class.csv").write_text("Bo Li\nJane Doe\nJo\n")
    assert main(again) == 0 and [row["file"] for row in rows_of(file)] == ["/in/j"]
    file.write_text("file,seen as,student\n/in/o,Jo,\n")
    assert main(again) == 0 and not file.exists()


def test_a_lesson_that_was_not_handed_in_is_an_empty_cell(tmp_path):
    (tmp_path / "class.csv").write_text("Name,ID number\nJane,1\nBo,2\n")
    class_ = [graded("Jane", right("softmax")), graded("Bo", right("softmax"))]
    write_class(tmp_path / "results", [*class_, graded("Jane", right("merge_heads"), lesson="03_multi_head")])
    assert main(["report", str(tmp_path / "results"), "--students", str(tmp_path / "class.csv")]) == 0
    jane, bo = rows_of(tmp_path / "results/report/totals.csv")
    assert list(jane.values()) == ["Jane", "1", "2", "2"] and list(bo.values()) == ["Bo", "2", "2", ""]


def test_a_text_that_does_not_count_is_not_asked_to_be_read(tmp_path, capsys):
    (tmp_path / "plan.toml").write_text(PLAN)
    write_class(tmp_path / "results", [graded("Jane Doe", right("softmax"), text())])
    assert main(["report", str(tmp_path / "results"), "--plan", str(tmp_path / "plan.toml")]) == 0
    assert "to read" not in capsys.readouterr().out and not rows_of(tmp_path / "results/report/essays.csv")


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("student,exercise\nJane Doe,softmax\n", "needs in its first line: student, exercise, points"),
        ("student,exercise,points\nJane Doe,softmax,three\n", "line 2: it needs a student"),
        ("student,exercise,points\nJane Doe,softmax,-1\n", "line 2: it needs a student"),
        ("student,exercise,points\nJane Doe,softmax,inf\n", "line 2: it needs a student"),
        ("student,exercise,points\nJane Doe,softmax,1\njane doe,softmax,2\n", "has other points for softmax"),
        ("student,exercise,points\nJane Doe,softmax,3\n", "softmax has 2 points; 3 are more"),
    ],
)
def test_a_bad_sheet_of_overrides_gets_one_sentence(tmp_path, capsys, sheet, told):
    (tmp_path / "o.csv").write_text(sheet)
    status, out = report(tmp_path, "Jane Doe\n", "--override", tmp_path / "o.csv")
    assert status == 2 and told in capsys.readouterr().err and not out.exists()


def test_an_override_for_nobody_is_said(tmp_path, capsys):
    (tmp_path / "o.csv").write_text("student,exercise,points\nNobody,softmax,1\n")
    status, _ = report(tmp_path, "Jane Doe\n", "--override", tmp_path / "o.csv")
    assert status == 1 and "belong to no answer and are left out: Nobody, softmax" in capsys.readouterr().out


def test_a_time_is_that_of_the_student_who_is_called_so():
    """John Smith (2) is not late because John Smith (1) is; "Doe, Jane" of the export is the Jane Doe of the list."""
    class_ = [graded(name, right("softmax")) for name in ("John Smith (1)", "John Smith (2)", "Jane Doe")]
    times = {("John Smith (1)", LESSON): 5.0, ("Doe, Jane", LESSON): 7.0}
    assert [one.handed_in for one in with_times(class_, times)] == [5.0, 0.0, 7.0]


@pytest.mark.parametrize(
    ("rule", "hours", "left"),
    [
        (LateRule(), 1000, 1), (LateRule(0.1), -5, 1), (LateRule(0.1), 1, 0.9), (LateRule(0.1), 25, 0.8),
        (LateRule(0.1, 3), 71, 0.7), (LateRule(0.1, 3), 73, 0), (LateRule(0.5), 100, 0), (LateRule(0.1, 3, 90), 1, 1),
    ],
)  # fmt: skip
def test_late_rule(rule, hours, left):
    assert rule.share_left(3600 * hours) == pytest.approx(left)


def test_the_default_plan_can_be_read_and_changes_nothing(tmp_path):
    (tmp_path / "plan.toml").write_text(default_plan(), encoding="utf-8")
    plan = read_plan(tmp_path / "plan.toml")
    one = graded("Ada", right("softmax"), handed_in=1e10)
    assert plan.counted(one) == one and len(plan.points) >= 9


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("course = ", "cannot be read"), ("", "names no lesson"), ("[lessons.77]", "There is no lesson '77'"),
        ("points = 3", "it has 'points'"), ('[lessons.02]\nexercises = "x"', "belongs to the top of the file"),
        ("[lessons.02]\nsofmax = 3", "lesson 02 has 'sofmax'"),
        ("[lessons.02.points]\nsofmax = 3", "'sofmax'; known are"), ('[lessons.02]\ndue = "Friday"', "is no date"),
        ("[lessons.02.points]\nsoftmax = -1", "must be a number"), ("late = 3\n[lessons.02]", "late is no table"),
        ("lessons = 3", "lessons is no table"), ('[lessons.02]\n[late]\nper_day = "much"', "must be a number"),
    ],
)  # fmt: skip
def test_a_bad_plan_gets_one_sentence(tmp_path, text, told):
    (tmp_path / "plan.toml").write_text(text)
    with pytest.raises(InputError, match=told):
        read_plan(tmp_path / "plan.toml")


def test_a_plan_stands_in_what_is_handed_out(tmp_path):
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    assert main(["assign", "--plan", str(tmp_path / "plan.toml"), "--out", str(tmp_path / "out")]) == 0
    text = (tmp_path / "out" / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    assert "NLP 101" in text and "Friday 4 December 2026, 18:00" in text
    assert "**9 points**" in text and "`softmax` 4" in text and "does not count" in text
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_nothing_in_a_zip_leads_out_of_it(tmp_path):
    names = ["../up.ipynb", "/abs.ipynb", "C:\\x.ipynb", "a/../../b.ipynb", "..\\w.ipynb", "good/x.ipynb", "n.txt"]
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "{}")
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    left_out = unpack(tmp_path / "z.zip", tmp_path / "out")
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.ipynb")] == ["out/good/x.ipynb"]
    assert sorted(path.name for path, why in left_out if why) == sorted(
        ["up.ipynb", "abs.ipynb", "x.ipynb", "b.ipynb", "w.ipynb", "link.ipynb"]
    )
    assert [path.name for path, why in left_out if not why] == ["n.txt"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"PK\x05\x06" + bytes(18)])
def test_a_broken_zip_is_said_and_stops_nothing(tmp_path, data):
    (tmp_path / "z.zip").write_bytes(data)
    left_out = unpack(tmp_path / "z.zip", tmp_path / "out")
    assert all("cannot be read" in why for _, why in left_out) and not list(tmp_path.rglob("*.ipynb"))


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("course_utils.instructor.submissions.archives.LARGEST", 10**6)
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.ipynb", bytes(2 * 10**6))
        archive.writestr("x.ipynb", "{}")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "z.zip", "z.zip")
    assert [(path.name, why) for path, why in unpack(tmp_path / "outer.zip", tmp_path / "outer")] == [
        ("bomb.ipynb", "too large to unpack")
    ]
    assert [(path.name, why) for path, why in unpack(tmp_path / "z.zip", tmp_path / "out")] == [
        ("bomb.ipynb", "too large to unpack")
    ]
