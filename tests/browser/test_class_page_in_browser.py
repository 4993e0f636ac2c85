"""Promise: on a phone the class page says all without scrolling sideways."""

import pytest
from example_results import graded, right, wrong

from course_utils.instructor.report.class_page import class_page
from course_utils.instructor.submissions.class_list import ClassList, Student

CLASS = [
    graded(
        student,
        right("softmax_shift"),
        wrong("attention", "no scaling", "return softmax(Q @ K.T) @ V"),
        flags=["Look here."],
    )
    for student in ("Ada", "Bob of a Very Long Name")
]
LISTED = ClassList(tuple(Student(one.student, section=one.student[:1]) for one in CLASS), "")


@pytest.mark.parametrize("width", [360, 1200])
def test_sentences_fit(browser, tmp_path, width):
    (tmp_path / "class.html").write_text(class_page(CLASS, listed=LISTED), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((tmp_path / "class.html").as_uri())
    for text in ("The scores are not scaled.", "Look here.", "mean ± spread"):
        for place in page.get_by_text(text).all():
            box = place.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= width, text
    page.close()
