"""Promise: a student sees their own work and nobody else's; the class page says what to explain again; nothing runs."""

import csv
import inspect
import json
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from example_results import TEXT, graded, right, small_class, text, write_class, wrong
from right_answers import RIGHT

from course_utils.exercises import exercise
from course_utils.instructor.__main__ import main
from course_utils.instructor.report import similar_code
from course_utils.instructor.report.class_page import class_page, told
from course_utils.instructor.report.essay_page import essay_page
from course_utils.instructor.report.essay_sheet import written
from course_utils.instructor.report.feedback_page import feedback_page
from course_utils.instructor.submissions.class_list import ClassList, Student

pytestmark = pytest.mark.usefixtures("warm_sandboxes")
EVIL = '</code></pre><script>alert(1)</script><img src=x onerror="alert(1)">\ud800'


class Elements(HTMLParser):
    """All tags with their attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def evil_class():
    mark = wrong("softmax", "axis 1", EVIL)
    mark.message = EVIL
    return [graded(EVIL, mark, text(EVIL), flags=[EVIL], problem=EVIL, submission=EVIL)]


def essays_of(class_):
    """The names are others than in the texts, where they are covered."""
    return essay_page(written([replace(one, student="Zed") for one in class_]))


@pytest.mark.parametrize("make", [lambda c: feedback_page(EVIL, c), class_page, essays_of])
def test_what_a_submission_says_is_text(make):
    elements = Elements(make(evil_class()))
    scripts = [tag for tag, _ in elements.tags if tag == "script"]
    assert len(scripts) <= 1 and "img" not in dict(elements.tags)  # the essay page's own script
    assert not [name for _, attributes in elements.tags for name in attributes if name.startswith("on")]
    assert "<script>alert(1)" in elements.text


@pytest.mark.parametrize("make", [lambda c: feedback_page("Ada", c[:1]), class_page, lambda c: essay_page(written(c))])
def test_nothing_is_fetched_and_nothing_foreign_is_let_in(make):
    elements = Elements(make(small_class()))
    policy = next(attributes["content"] for tag, attributes in elements.tags if "http-equiv" in attributes)
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert not [attributes for _, attributes in elements.tags if {"src", "href", "style"} & set(attributes)]


def test_feedback_has_score_hint_and_their_code_and_nobody_else():
    ada, bob, *_ = small_class()
    page = Elements(feedback_page("Bob", [bob])).text
    assert re.search(r"2\s+of 7 points", page) and "The scores are not scaled." in page
    assert "secret of Bob" in page and exercise("attention").hints[0] in page
    assert "Ada" not in page and "no scaling" not in page
    assert "Bob" not in Elements(feedback_page("Ada", [ada])).text
    assert "1 text will be read by a person" in Elements(feedback_page("Ada", [ada])).text


def test_flags_are_for_the_instructor():
    cheat = small_class()[-1]
    assert cheat.flags[0] not in feedback_page(cheat.student, [cheat])
    assert cheat.flags[0] in Elements(class_page(small_class())).text


def test_a_file_that_cannot_be_graded_is_told_to_both():
    broken = small_class()[2]
    assert "file is no notebook" in feedback_page(broken.student, [broken])
    assert "file is no notebook" in class_page([broken])


def test_class_page_counts_mistakes_and_says_their_hint():
    twice = [graded(f"S{i}", wrong("attention", "no scaling", "x")) for i in range(2)]
    page = class_page([*small_class(), *twice])
    spoken = re.findall(r'role="img" aria-label="([^"]+)"', page)
    assert spoken == ["2 right, 1 a known mistake", "1 right, 3 a known mistake", "1 not handed in, 2 not read yet"]
    assert re.findall(r">(\d+)%<", page) == ["67", "25"]  # texts that nobody has read are neither
    assert ">0.75 ± 1.3</td>" in page  # attention: 3 points once, and three times none
    assert "Lovelace, A.; " not in page and ">Lovelace, A.<" in class_page(small_class(), absent=["Lovelace, A."])
    row = next(line for line in page.split("<tr>") if "no scaling" in line)
    assert ">3</td>" in row and "Divide them by the square root of d_k" in row and "expected" not in row


def test_a_choice_is_shown_with_its_text_and_what_was_told():
    assert told("softmax_shift", "chose a", "They grow.") == ("chose a: They all grow.", "They grow.")


def test_the_same_code_is_one_group():
    code = "def softmax(scores):\n    {}a = scores\n    b = a + 1\n    c = b * 2\n    d = c\n    return d  # {}"
    class_ = [graded(name, wrong("softmax", "axis 1", code.format("", name))) for name in ("Zoe", "Ada")]
    class_.append(graded("Bob", wrong("softmax", "axis 1", code.format("a = 1; ", ""))))
    class_ += [graded(name, wrong("softmax", "axis 1", "def softmax(s): return s")) for name in ("Cem", "Dan")]
    assert similar_code.groups(class_) == [("softmax", 6, False, ["Ada", "Zoe"])]
    assert "Ada; Zoe" in class_page(class_)  # a name may hold a comma


def test_the_course_s_own_solution_is_said_to_be_it():
    (group,) = similar_code.groups([graded(name, right("split_heads")) for name in ("Ada", "Bob")])
    assert group[2] is True


def test_report_writes_a_page_for_each_student_and_none_has_another_name(tmp_path):
    assert main(["report", str(write_class(tmp_path))]) == 1  # one file could not be graded
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "report/feedback").iterdir()}
    assert len(pages) == 4
    assert [name for name, page in pages.items() if "Bob" in page] == ["Bob.html"]
    assert len(list(tmp_path.glob("report/gradescope/*/*/results.json"))) == 4
    assert TEXT.split(".")[0] in (tmp_path / "report/essays.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda folder: None, "is no folder"),
        (lambda folder: folder.mkdir(), "holds no results"),
        (lambda folder: write_class(folder, [graded("Ada", text())]).joinpath("0.json").write_text("{}"), "no results"),
        (lambda folder: write_class(folder, [graded("Ada", unknown())]), "does not know: yesterday"),
    ],
)
def test_a_bad_folder_gets_one_sentence(tmp_path, capsys, make, told):
    make(tmp_path / "results")
    assert main(["report", str(tmp_path / "results")]) == 2
    said = capsys.readouterr().err.strip()
    assert told in said and "\n" not in said
    assert not (tmp_path / "results/report").exists()


def unknown():
    mark = text()
    mark.name = "yesterday"
    return mark


MINE = """def multi_head_attention(X, W_Q, W_K, W_V, W_O, n_heads):
    pieces = []
    width = W_Q.shape[1] // n_heads
    for number in range(n_heads):
        part = slice(number * width, (number + 1) * width)
        mixed = torch.einsum("bqd,bkd->bqk", X @ W_Q[:, part], X @ W_K[:, part])
        pieces.append((mixed / width ** 0.5).softmax(-1))
    table = torch.stack(pieces, 1)
    return table, pieces
"""


def mistaken(name, code):
    return wrong(name, exercise(name).mistakes[0].name, code)


def test_nearly_the_same_code_is_a_hint():
    renamed = MINE.replace("pieces", "out").replace("number", "h").replace("mixed", "s").replace("width", "d")
    answers = {"Ada": MINE, "Zoe": renamed, "Bob": inspect.getsource(exercise("multi_head_attention").reference)}
    class_ = [graded(name, mistaken("multi_head_attention", code)) for name, code in answers.items()]
    ((name, share, *students),) = similar_code.near(class_)
    assert name == "multi_head_attention" and share > 0.9 and students == ["Ada", "Zoe"]
    assert "Nearly the same code" in class_page(class_)


def test_right_answers_found_alone_are_not_nearly_the_same():
    found = [fn for fn in RIGHT["edit_distance"] if inspect.isfunction(fn)]
    class_ = [graded(f"s{n}", mistaken("edit_distance", inspect.getsource(fn))) for n, fn in enumerate(found)]
    assert len(class_) > 5 and similar_code.near(class_) == []


def test_without_copydetect_the_page_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "copydetect", None)
    assert similar_code.near(small_class()) is None and "pip install copydetect" in class_page(small_class())


def test_a_question_stands_with_the_figures_that_this_student_had():
    mark = right("score_spread")
    mark.question = "Here $d_k$ = 81, and nowhere else."
    assert "Here <em>d_k</em> = 81" in feedback_page("Ada", [graded("Ada", mark)])
    assert "and nowhere else" not in class_page([graded("Ada", mark), graded("Bob", right("score_spread"))])


def test_a_formula_is_no_source():
    """Nothing that sets formulas is on these pages."""
    class_ = [graded("Ada", right("score_spread"))]
    for html in (feedback_page("Ada", class_), class_page(class_)):
        assert "$" not in Elements(html).text and "<em>d_k</em>" in html


def test_the_class_page_has_the_questions_and_the_sections():
    listed = [Student("Ada", section="A"), Student("Bob", section="B"), Student("Cid", section="B"), Student("Dan")]
    class_ = [graded("Ada", right("softmax_shift"), right("softmax")), graded("bob", right("softmax_shift"))]
    page = class_page(class_, absent=["Cid", "Dan"], listed=ClassList(tuple(listed), ""))
    said = " ".join(Elements(page).text.split())
    assert "Every score of one row is raised by 5." in said and "• b" not in said.partition("Every score")[0]
    assert "A113±0B121±0nosection01" in said.replace(" ", "")
    assert "Sections" not in class_page(class_, listed=ClassList((Student("Ada"), Student("Bob")), ""))


def test_what_is_no_notebook_is_named(tmp_path, capsys):
    """Whoever hands in a wrong file has not handed in nothing, and their tutor sees what it was."""
    for name in ("Ada/answer.py", "Ben/essay.docx", "Cid/page.html", "Cid/x.zip"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("?")
    (tmp_path / "class.csv").write_text("Ada\nBen\nCid\nDan\n")
    write_class(tmp_path / "out", [graded("Eva", right("softmax"))])
    students = ["--students", str(tmp_path / "class.csv")]
    assert main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--seed", "1", *students]) == 0
    main(["report", str(tmp_path / "out"), *students])
    assert all("student" in json.loads(path.read_text()) for path in (tmp_path / "out").glob("*.json"))  # results only
    with open(tmp_path / "out/report/gradebook.csv", encoding="utf-8-sig", newline="") as file:
        notes = {row["student"]: row["notes"] for row in csv.DictReader(file)}
    assert notes["Ada"] == "answer.py is no notebook." and notes["Ben"] == "essay.docx is no notebook."
    assert "page.html is no notebook." in notes["Cid"] and "x.zip is a zip that cannot be read" in notes["Cid"]
    assert notes["Dan"] == "nothing handed in"
    page = (tmp_path / "out/report/class.html").read_text(encoding="utf-8")
    assert all(name in page for name in ("answer.py", "essay.docx", "page.html", "x.zip"))
    (tmp_path / "in/Ada/answer.py").unlink()
    main(["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--seed", "1", *students])
    main(["report", str(tmp_path / "out"), *students])
    assert "answer.py" not in (tmp_path / "out/report/class.html").read_text(encoding="utf-8")
