"""Promise: what a lesson claims from an experiment stands in the lesson, and held on seeds not used to write it."""

import re

import pytest
import try_claims
from claims import Claim, Found, claims_of, lesson, lessons

import notebooks

SHOWN = range(5)  # the seeds of the lessons' own runs


def words(text):
    """Text without emphasis and line breaks."""
    return " ".join(re.sub(r"[*_`>]", "", text).split())


def cells_of_table(line):
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


@pytest.mark.parametrize("number", lessons())
def test_each_claim_is_a_sentence_of_its_lesson(number):
    (path,) = notebooks.LESSONS.glob(f"{number}_*.ipynb")
    text = words("\n".join(cell.source for cell in notebooks.read(path).cells if cell.cell_type == "markdown"))
    assert claims_of(number)
    assert [claim.sentence for claim in claims_of(number) if words(claim.sentence) not in text] == []


@pytest.mark.parametrize("number", lessons())
def test_each_claim_held_on_new_seeds(number):
    section = try_claims.stored()[number]
    seeds = [int(seed) for seed in re.search(r"^Seeds ([\d, ]+);", section, re.MULTILINE)[1].split(",")]
    assert len(seeds) >= 3 and not set(seeds) & set(SHOWN)
    rows = [cells_of_table(line) for line in section.splitlines() if line.startswith("| ")][1:]
    assert [row[0] for row in rows] == [claim.sentence for claim in claims_of(number)], "store them again"
    assert [row for row in rows if row[2] != "yes"] == []


@pytest.mark.parametrize("holds, status", [(True, 0), (False, 1)])
def test_a_claim_that_does_not_hold_is_said(holds, status, monkeypatch, capsys):
    claim = Claim("The sky | is green.", (0.1, 0.3), lambda seeds: Found(holds, f"{len(seeds)} skies"))
    monkeypatch.setattr(try_claims, "claims_of", lambda number: [claim])
    monkeypatch.setattr("sys.argv", ["try_claims.py", "--lessons", "02", "--seeds", "7", "8"])
    with pytest.raises(SystemExit) as stopped:
        try_claims.main()
    assert stopped.value.code == status
    assert ("NO" in capsys.readouterr().out) == (not holds)


def test_storing_one_lesson_keeps_the_others(monkeypatch, tmp_path):
    monkeypatch.setattr(try_claims, "STORED", tmp_path / "claims.md")
    made = lambda number: [Claim(f"{number} | x", (), lambda seeds: Found(True, ""))]  # noqa: E731
    monkeypatch.setattr(try_claims, "claims_of", made)
    monkeypatch.setattr(try_claims, "lessons", lambda: ["02", "03"])
    for number in ("03", "02"):
        monkeypatch.setattr("sys.argv", ["try_claims.py", "--lessons", number, "--store"])
        with pytest.raises(SystemExit):
            try_claims.main()
    assert list(try_claims.stored()) == ["02", "03"]
    assert cells_of_table(try_claims.stored()["03"].splitlines()[-1])[0] == "03 | x"


def test_a_lessons_code_is_taken_without_running_its_experiments():
    made = lesson("02")
    assert made.softmax(made.torch.zeros(2)).tolist() == [0.5, 0.5], "the exercises are solved"
    assert not hasattr(made, "histories")
