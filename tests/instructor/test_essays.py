"""Promise: essays are read without names; points from the page or a spreadsheet are in the totals."""

import csv
import re
import shutil

import pytest
from example_results import graded, small_class, text, write_class

from course_utils.errors import InputError
from course_utils.instructor.__main__ import main
from course_utils.instructor.report import essay_sheet as essays
from course_utils.instructor.report.essay_page import essay_page
from course_utils.instructor.submissions.class_list import ClassList, Student


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def filled(report, points, comment="", path=None):
    """The blank sheet with points in every line, stored elsewhere."""
    path = path or report.parent / "mine.csv"
    lines = [{**row, "points": points, "comment": comment} for row in rows(report / "essays.csv")]
    essays.write_csv([list(lines[0]), *(line.values() for line in lines)], path)
    return path


@pytest.fixture
def folder(tmp_path):
    write_class(tmp_path / "results")
    main(["report", str(tmp_path / "results")])
    return tmp_path / "results"


def test_whoever_reads_sees_no_names(folder):
    for name in ("essays.html", "essays.csv"):
        page = (folder / "report" / name).read_text(encoding="utf-8")
        assert "Variance grows" in page and not [one.student for one in small_class() if one.student in page]


def test_the_order_tells_nothing_of_the_names():
    class_ = [graded(f"student {i:02}", text(f"Text {i}.")) for i in range(20)]
    order = [one.mark.answer for one in essays.written(class_)]
    assert sorted(order) != order and order != [f"Text {i}." for i in range(20)]
    assert order == [one.mark.answer for one in essays.written(class_[::-1])]


JANE = Student("Jane Ann Doe", "1234567", "j.doe@uni.edu")
SIGNED = [
    "My name is Jane Ann Doe.", "Doe, Jane Ann", "jane_ann_doe", "JANE ANN DOE 1234567", "Jane", "by Jane, 2026",
    "mail j.doe@uni.edu", "I am j.doe", "![plot](attachment:Jane_Doe.png)", "<!-- Jane Ann Doe -->", "![x](Doe1.png)",
    "FileNotFoundError: /home/jdoe/nlp/x.csv", r"C:\Users\jdoe\x.csv", "[^1]: Jane", "**Doe**", "Jane's idea", "_Doe_",
]  # fmt: skip


@pytest.mark.parametrize("signed", SIGNED)
def test_who_signs_stays_unknown_to_whoever_reads(signed):
    one = graded("Jane Ann Doe", text(f"Variance grows. {signed} So it is."), owner="jane-ann doe", origin="Jane Doe")
    (shown,) = essays.written([one], ClassList((JANE,), ""))
    page = essay_page([shown]).casefold()
    assert not [word for word in ("jane", "doe", "1234567") if re.search(rf"(?<![a-z]){word}(?![a-z])", page)]
    assert "Variance grows." in shown.text and shown.text.endswith("So it is.") and "Jane" not in str(shown.row)
    assert signed in one.exercises[0].answer  # on their own page it stands as they wrote it


def test_words_of_the_subject_stay_whoever_is_called_so():
    told = "The variance of a dot product grows; the maximum of 1000 keys, max and Maximum."
    one = graded("Max Variance", text(told))
    (shown,) = essays.written([one], ClassList((Student("Max Variance", "100", "max@x.org"),), ""))
    assert shown.text == told
    (chinese,) = essays.written([graded("王 小明", text("我是小明。王小明 says: variance."))])
    assert "小明" not in chinese.text and "says: variance" in chinese.text


def test_nobody_can_try_which_name_gives_a_key(tmp_path):
    """The keys, and so the order, hang on a secret that stays beside the results; a later report has the same."""
    keys = []
    for folder in ("a", "a", "b"):
        write_class(tmp_path / folder)
        main(["report", str(tmp_path / folder)])
        keys.append([row["essay"] for row in rows(tmp_path / folder / "report/essays.csv")])
    assert keys[0] == keys[1] and not set(keys[0]) & set(keys[2])
    assert not set(keys[0]) & {one.key for one in essays.written(small_class())}


def test_points_and_comments_are_in_the_totals_and_on_the_page(folder):
    sheet = filled(folder / "report", "1.5", "=good, but why?")
    main(["report", str(folder), "--essays", str(sheet)])
    ada = next(row for row in rows(folder / "report/gradebook.csv") if row["student"] == "Ada")
    assert (ada["total"], ada["still to read"]) == ("6.5", "0")
    page = (folder / "report/feedback/Ada.html").read_text(encoding="utf-8")
    assert "1.5 of 2" in page and "=good, but why?" in page and "not read yet" not in page
    assert "What a full answer says" in page
    again = (folder / "report/essays.html").read_text(encoding="utf-8")
    assert 'value="1.5"' in again and 'value="=good, but why?"' in again


def test_sheets_of_several_readers_are_put_together(folder, capsys):
    first, second = (row["essay"] for row in rows(folder / "report/essays.csv"))
    sheets = [folder / "a.csv", folder / "b.csv"]
    for sheet, lines in zip(sheets, [f"{first},2,Good.", f"{second},1,\n{first},2,Good."]):
        sheet.write_text(f"essay,points,comment\n{lines}\n", encoding="utf-8")
    assert essays.read_sheets(sheets) == {first: (2, "Good."), second: (1, "")}
    sheets[1].write_text(f"essay,points\n{first},1\n", encoding="utf-8")
    assert main(["report", str(folder), "--essays", *map(str, sheets)]) == 2
    assert f"Essay {first} stands in {sheets[1]} with other points" in capsys.readouterr().err


@pytest.mark.parametrize(("given", "sign"), [("2", "✓"), ("1.5", "◐"), ("0", "✗")])
def test_some_of_the_points_are_neither_right_nor_wrong(folder, given, sign):
    main(["report", str(folder), "--essays", str(filled(folder / "report", given))])
    page = (folder / "report/feedback/Ada.html").read_text(encoding="utf-8")
    assert f"{sign}</span> why_scale" in page


def test_what_a_full_answer_says_is_not_told_before(folder):
    assert "What a full answer says" not in (folder / "report/feedback/Ada.html").read_text(encoding="utf-8")


def test_a_text_that_nobody_wrote_is_not_asked_for(folder):
    assert len(rows(folder / "report/essays.csv")) == 2  # Bob's is empty and has its 0 points


@pytest.mark.parametrize(
    "as_saved",
    [
        lambda lines: ";".join(lines[0]) + "\n" + ";".join([lines[1][0], "1,5", "no"]) + "\n",
        lambda lines: "\ufeff" + "\t".join(lines[0]) + "\r\n" + "\t".join([lines[1][0], "1.5", "no"]) + "\r\n",
        lambda lines: ",".join(lines[0]) + "\n" + ",".join([lines[1][0], '"1,5"', '"no"']) + "\n\n",
        lambda lines: "points,essay,comment\n" + ",".join(["1.5", lines[1][0], "no"]) + "\nx,,\n",
    ],
)
def test_sheets_as_spreadsheets_save_them(tmp_path, as_saved):
    key = essays.written(small_class())[0].key
    (tmp_path / "sheet.csv").write_text(as_saved([["essay", "points", "comment"], [key]]), encoding="utf-8")
    assert essays.read_sheet(tmp_path / "sheet.csv") == {key: (1.5, "no")}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "needs in its first line"),
        (b"name,score\nAda,2\n", "needs in its first line"),
        (b"essay,points\nKEY,many\n", "'many' is no number"),
        (b"essay,points\nKEY,3\n", "0 to 2 points, not 3"),
        (b"essay,points\nKEY,-1\n", "0 to 2 points, not -1"),
        (b"essay,points\nKEY,nan\n", "0 to 2 points, not nan"),
        (b"\xff\xfe\x00", "neither UTF-8"),
        (None, "No such file"),
    ],
)
def test_a_bad_sheet_gets_one_sentence_and_changes_nothing(folder, capsys, content, told):
    key = essays.written(small_class(), secret=essays.kept_secret(folder))[0].key
    shutil.rmtree(folder / "report")
    if content is not None:
        (folder / "sheet.csv").write_bytes(content.replace(b"KEY", key.encode()))
    assert main(["report", str(folder), "--essays", str(folder / "sheet.csv")]) == 2
    said = capsys.readouterr().err.strip()
    assert told in said and "\n" not in said and not (folder / "report").exists()


def test_points_for_a_text_that_is_not_here_are_said(folder, capsys):
    (folder / "old.csv").write_text("essay,points\n0123456789ab,1\n")
    assert main(["report", str(folder), "--essays", str(folder / "old.csv")]) == 1
    assert "1 line of the sheet belong to no text here" in capsys.readouterr().out


def test_a_changed_text_is_read_anew():
    before, after = (essays.written([graded("Ada", text(answer))])[0].key for answer in ("Before.", "After."))
    assert before != after


def test_a_sheet_that_somebody_filled_in_is_not_written_over(folder):
    filled(folder / "report", "1", path=folder / "report/essays.csv")
    main(["report", str(folder)])
    assert {row["points"] for row in rows(folder / "report/essays.csv")} == {"1"}


def test_more_points_than_there_are_are_refused_on_the_page_too():
    assert 'max="2"' in essay_page(essays.written(small_class()))
    with pytest.raises(InputError, match="0 to 2"):
        texts = essays.written(small_class())
        essays.give(texts, {texts[0].key: (2.5, "")})
