"""Promise: the letters-to-phones model works from the command line: a word is read, a model is trained and scored."""

import subprocess
import sys

import evaluate_g2p
import pytest
import torch
import train_g2p

from course_utils.data.pronunciations import pairs, pronunciations, split
from course_utils.errors import InputError
from course_utils.g2p.__main__ import main
from course_utils.g2p.checkpoint import load
from course_utils.g2p.task import readable, write_all
from course_utils.model.scoring import error_rates

FAR_TOO_LONG = "a" * 60
END_OF_EPOCH = train_g2p.at_the_end_of_an_epoch


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("", "An empty word has no sound"),
        ("  ", "An empty word has no sound"),
        ("café", "'café' has 'é' in it"),
        ("don't", '"don\'t" has "\'" in it'),
        ("two words", "has ' ' in it"),
        ("·", "has '·' in it"),
        ("<end>", "has '<' in it"),
        (FAR_TOO_LONG, f"'{'a' * 20}…' has 60 letters, and the model has never seen more than 20."),
    ],
)
def test_what_cannot_be_read_gets_one_sentence_and_the_others_are_read(word, said, capsys):
    with pytest.raises(InputError) as refused:
        readable(word)
    assert main(["Knight", word, "through"]) == 2
    out, err = capsys.readouterr()
    assert out == "knight  N AY T\nthrough TH R UW\n"
    assert err == f"{refused.value}\n" and said in err


def test_no_word_at_all(capsys):
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err == "Give at least one word, for example: python -m course_utils.g2p knight\n"


def test_the_command_line_in_a_process_of_its_own():
    done = subprocess.run([sys.executable, "-m", "course_utils.g2p", "nation"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nation N EY SH AH N\n", "")


def test_its_help_says_how_to_train_and_to_score(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert "scripts/train_g2p.py" in said and "scripts/evaluate_g2p.py" in said


@pytest.fixture
def few_words(monkeypatch):
    """The scripts know a few words only."""
    some = {name: words[:40] for name, words in split().items()}
    for script in (train_g2p, evaluate_g2p):
        monkeypatch.setattr(script, "split", lambda: some)
    monkeypatch.setattr(train_g2p, "pairs", lambda part: pairs(part)[:40])


def train_in(folder, name, monkeypatch, *more):
    """Trains a tiny model from the command line; returns its file."""
    file = folder / f"{name}.safetensors"
    command = ["train_g2p.py", "--d-model", "8", "--batch", "16", "--epochs", "3", "--out", str(file), *more]
    monkeypatch.setattr(sys, "argv", [*command, "--state", str(folder / f"{name}.pt")])
    train_g2p.main()
    return file


def test_training_from_the_command_line_stopped_and_continued(few_words, tmp_path, monkeypatch, capsys):
    whole = train_in(tmp_path, "whole", monkeypatch)
    stop_after(2, monkeypatch)
    assert not train_in(tmp_path, "parts", monkeypatch).exists()
    stop_after(None, monkeypatch)
    parts = train_in(tmp_path, "parts", monkeypatch)
    lines = parts.with_suffix(".log").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("python scripts/train_g2p.py --d-model 8") and len(lines) == 4 and "WER" in lines[-1]
    numbers = load(parts).state_dict()
    assert all(torch.equal(matrix, numbers[name]) for name, matrix in load(whole).state_dict().items())
    with pytest.raises(SystemExit):
        train_in(tmp_path, "parts", monkeypatch, "--seed", "1")
    assert "holds a run with other settings" in capsys.readouterr().err


def stop_after(epoch, monkeypatch):
    """The trainer is stopped when this epoch has been stored; None: it is not."""

    def at_the_end(training, log, chosen, done):
        END_OF_EPOCH(training, log, chosen, done)
        if done == epoch:
            raise KeyboardInterrupt

    monkeypatch.setattr(train_g2p, "at_the_end_of_an_epoch", at_the_end)


def test_its_score_from_the_command_line(few_words, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["evaluate_g2p.py"])
    evaluate_g2p.main()
    few = split()["test"][:40]
    per, wer = error_rates(write_all(load(), few), [pronunciations()[word] for word in few])
    assert capsys.readouterr().out == f"40 test words: WER {wer:.2%}, PER {per:.2%}\n"


def test_a_file_without_a_model_is_told_on_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["evaluate_g2p.py", str(tmp_path / "nothing")])
    with pytest.raises(SystemExit) as left:
        evaluate_g2p.main()
    assert left.value.code == 2 and "nothing holds no letters-to-phones model" in capsys.readouterr().err
