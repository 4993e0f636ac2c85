"""Promise: essays can be read and given points with the keyboard alone, nothing typed is lost, the sheet is right."""

import pytest
from example_results import graded, text

from course_utils.instructor.report import essay_sheet as essays
from course_utils.instructor.report.essay_page import essay_page

TEXTS = essays.written([graded(f"Student {i}", text(f'Text {i}, "quoted"\n=1+1')) for i in range(3)])
KEYS = [one.key for one in TEXTS]


@pytest.fixture
def page(browser, tmp_path):
    (tmp_path / "essays.html").write_text(essay_page(TEXTS), encoding="utf-8")
    page, said = browser.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((tmp_path / "essays.html").as_uri())
    yield page
    page.close()
    assert not said


def saved(page, tmp_path, press="#save"):
    with page.expect_download() as download:
        page.keyboard.press(press) if "+" in press else page.click(press)
    download.value.save_as(tmp_path / "essays.csv")
    return essays.read_sheet(tmp_path / "essays.csv")


def type_all(page, *keys):
    for key in keys:
        page.keyboard.press(key) if key in ("Enter", "Tab", "Shift+Enter") else page.keyboard.type(key)


def test_points_with_the_keyboard_alone(page, tmp_path):
    page.click("#next")
    type_all(page, "2", "Tab", '=well, "said"', "Enter", "1.5", "Enter", "0", "Shift+Enter", "1")
    assert page.text_content("#progress").startswith("3 of 3 read")
    assert saved(page, tmp_path, "Control+s") == {KEYS[0]: (2, '=well, "said"'), KEYS[1]: (1, ""), KEYS[2]: (0, "")}


def test_the_fields_fit(page):
    for width in (360, 760, 820, 1200):
        page.set_viewport_size({"width": width, "height": 800})
        around, field = (page.locator(which).first.bounding_box() for which in ("article", "input.comment"))
        assert field["x"] + field["width"] < around["x"] + around["width"], width
        assert page.evaluate("innerWidth - document.documentElement.scrollWidth") >= 0, width


def test_what_was_typed_is_there_again(page, tmp_path):
    page.click("#next")
    type_all(page, "2", "Tab", "Good.")
    page.reload()
    assert page.text_content("#progress").startswith("1 of 3 read")
    assert saved(page, tmp_path) == {KEYS[0]: (2, "Good.")}


def test_more_points_than_there_are_are_shown_and_not_saved(page, tmp_path):
    page.click("#next")
    type_all(page, "7", "Enter", "1")
    first = page.locator("input.points").first
    assert first.get_attribute("aria-invalid") == "true"
    assert saved(page, tmp_path) == {KEYS[1]: (1, "")}


def test_a_comment_is_offered_again(page):
    page.click("#next")
    type_all(page, "2", "Tab", "Good.", "Tab")
    assert page.locator("datalist option").evaluate_all("options => options.map(one => one.value)") == ["Good."]


def test_no_cell_of_the_sheet_is_a_formula(page, tmp_path):
    page.click("#next")
    type_all(page, "1", "Tab", "=1+1")
    saved(page, tmp_path)
    assert '"=' not in (tmp_path / "essays.csv").read_text(encoding="utf-8")
