"""Promise: the list of a class is read as platforms and spreadsheets export it, or it is said what is missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.errors import InputError
from course_utils.instructor.__main__ import main
from course_utils.instructor.submissions.class_list import read_class_list

MOODLE = "First name,Surname,ID number,Email address,Groups\nJörg,Müller-Groß,1,j@x.de,A\n小明,王,2,x@y.cn,B\n"
WORKSHEET = 'Identifier,"Full name","Email address",Grade,"Maximum Grade"\nParticipant 12,Jane Doe,j@d.org,,10\n'
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,02 softmax attention (77)\n    Points Possible,,,,,9\n"
    '"Doe, Jane",5678,U1,jdoe,NLP-A,\n"O\'Neil, Pat",5679,U2,pat,NLP-B,\n"Student, Test",1,,x,NLP-A,\n'
)
BLACKBOARD = '"Last Name"\t"First Name"\t"Username"\t"Student ID"\nDoe\tJane\tjdoe\t77\n'
EXCEL = "Nachname;Vorname;Matrikelnummer;E-Mail\nMüller;Jörg;100;j@x.de\nd'Arc;Jeanne;101;d@x.fr\n"


def read(tmp_path, text, *columns, encoding="utf-8"):
    file = tmp_path / "class.csv"
    file.write_bytes(text.encode(encoding))
    return read_class_list(file, columns)


@pytest.mark.parametrize(
    ("text", "encoding", "names"),
    [
        ("Ada\nBob, C.\n", "utf-8", ["Ada", "Bob"]),
        ('student\nAda\n"Bob, C."\n', "utf-8", ["Ada", "Bob, C."]),
        ("username\ns120\n", "utf-8", ["s120"]),
        (MOODLE, "utf-8", ["Jörg Müller-Groß", "小明 王"]),
        (MOODLE, "utf-16", ["Jörg Müller-Groß", "小明 王"]),
        (WORKSHEET, "utf-8-sig", ["Jane Doe"]),
        (CANVAS, "utf-8", ["Doe, Jane", "O'Neil, Pat"]),
        (BLACKBOARD, "utf-16", ["Jane Doe"]),
        (EXCEL, "cp1252", ["Jörg Müller", "Jeanne d'Arc"]),
        ("sep=;\n" + EXCEL, "utf-8", ["Jörg Müller", "Jeanne d'Arc"]),
        ("\n\n" + EXCEL.replace("\n", "\r\n"), "utf-8", ["Jörg Müller", "Jeanne d'Arc"]),
    ],
)  # fmt: skip
def test_exports_of_platforms_are_read(tmp_path, text, encoding, names):
    assert read(tmp_path, text, encoding=encoding).names == names


def test_number_address_and_section_are_kept(tmp_path):
    jane = read(tmp_path, CANVAS).students[0]
    assert (jane.number, jane.section, dict(jane.row)["SIS Login ID"]) == ("U1", "NLP-A", "jdoe")
    joerg = read(tmp_path, MOODLE).students[0]
    assert (joerg.number, joerg.email, joerg.section) == ("1", "j@x.de", "A")


def test_what_was_understood_is_said(tmp_path, capsys):
    said = read(tmp_path, MOODLE).said
    assert said == (
        "2 students: Jörg Müller-Groß, 小明 王 (names from First name and Surname; kept beside them: ID number, "
        "Email address, Groups)."
    )
    (tmp_path / "class.csv").write_text("Ada\nBob\nCem\nDan\n")
    list_and_out = ["--students", str(tmp_path / "class.csv"), "--out", str(tmp_path / "out")]
    assert main(["assign", "02", *list_and_out]) == 0
    assert capsys.readouterr().err == "4 students: Ada, Bob, Cem and 1 more.\n"


def test_a_column_can_be_named(tmp_path):
    text = "nickname;Login;Teilnehmer\nx;a1;Ada\ny;b2;Bob\n"
    assert read(tmp_path, text, "teilnehmer").names == ["Ada", "Bob"]
    assert read(tmp_path, text, "Teilnehmer", "Login").names == ["Ada a1", "Bob b2"]
    with pytest.raises(InputError, match="no column 'Name'; its first line says: nickname, Login, Teilnehmer"):
        read(tmp_path, text, "Name")


def test_two_of_one_name_are_told_apart_by_their_numbers(tmp_path):
    text = "Last name,First name,ID\nSmith,John,10004\nSmith,john,10005\nDoe,Jane,1\n"
    assert read(tmp_path, text).names == ["John Smith (10004)", "john Smith (10005)", "Jane Doe"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04rest", "is a workbook: save it as CSV"),
        (b"", "There is no name"),
        (b"student\n", "There is no name"),
        (b"Teilnehmer;E-Mail\nAda;a@x\n", "Say --column; there are: Teilnehmer, E-Mail"),
        (b"\x00\x01\x02\x00", "neither UTF-8 text nor a usual CSV"),
        (b"\xff\xfe\x00", "neither UTF-8 text nor a usual CSV"),
    ],
)
def test_a_list_that_cannot_be_read_says_what_it_needs(tmp_path, data, told):
    (tmp_path / "class.csv").write_bytes(data)
    with pytest.raises(InputError, match=told):
        read_class_list(tmp_path / "class.csv")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode(errors="replace"))))
def test_no_file_stops_it(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("lists") / "class.csv"
    file.write_bytes(data)
    try:
        assert all(read_class_list(file).names)
    except InputError:
        pass
