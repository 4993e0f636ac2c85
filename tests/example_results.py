"""A small class as `grade` would have left it, for the tests of what is made of it."""

import inspect

from course_utils.exercises import exercise
from course_utils.instructor.results import Graded, Mark, write

LESSON = "02_softmax_attention"
TEXT = "Variance grows like d_k. <b>Bold</b>, and\n=1+1"


def right(name):
    """Full marks, with the course's own answer."""
    asked = exercise(name)
    source = inspect.getsource(asked.reference) if hasattr(asked, "reference") else asked.solution()
    return Mark(name, type(asked).__name__.lower(), asked.points, asked.points, "pass", "right.", None, source)


def wrong(name, mistake, answer):
    """No points, and the hint of a known mistake."""
    asked = exercise(name)
    hint = next(known.hint for known in asked.mistakes if known.name == mistake)
    message = f"{hint} Case “one key”: 1 where 2 is expected."
    return Mark(name, type(asked).__name__.lower(), asked.points, 0, "fail", message, mistake, answer)


def text(answer=TEXT, name="why_scale"):
    """An essay that waits for its reader; an empty one has 0 points already."""
    points = exercise(name).points
    return Mark(name, "essay", points, None if answer else 0, "todo", "to be read by a person.", None, answer)


def graded(student, *marks, lesson=LESSON, **more):
    """One submission."""
    about = {"submission": f"in/{student}/{lesson}.ipynb", "digest": "d", "seconds": 0.2, "sandbox": "bubblewrap"}
    return Graded(**{"student": student, "lesson": lesson, "exercises": list(marks), **about, **more})


def small_class():
    """Four students: all right, no scaling, a file that is no notebook, and names that try their luck."""
    no_scale = "def attention(Q, K, V):\n    return softmax(Q @ K.T) @ V  # <i>secret of Bob</i>"
    return [
        graded("Ada", right("softmax"), right("attention"), text()),
        graded("Bob", right("softmax"), wrong("attention", "no scaling", no_scale), text("")),
        graded("Özgür, Ç.", problem="the file is no notebook.", lesson=""),
        graded("=HYPERLINK(1)", wrong("softmax", "axis 1", "def softmax(x): ..."), text("Another text."),
               flags=["imports the course's own answer."]),
    ]  # fmt: skip


def write_class(folder, class_=None):
    """The same as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(small_class() if class_ is None else class_):
        write(one, folder / f"{number}.json")
    return folder
