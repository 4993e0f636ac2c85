"""Promise: the stored results of lesson 09 are complete, made by the scripts, and bear out what the lesson says."""

import itertools

import compare_g2p_en
import compare_spellers
import numpy as np
import pytest

from course_utils.data.pronunciations import pairs, pronunciations, split
from course_utils.data.spellers import LENGTHS, stored_g2p_en, stored_spellers
from course_utils.g2p.checkpoint import load
from course_utils.g2p.task import write_all
from course_utils.model.scoring import error_rates

RUNS = stored_spellers()["runs"]
EACH_RUN = pytest.mark.parametrize("run", RUNS, ids=lambda run: f"{run['model']} {run['seconds']} {run['seed']}")


def test_every_run_is_there_once():
    found = [(run["seconds"], run["seed"], run["model"]) for run in RUNS]
    wanted = itertools.product(compare_spellers.SECONDS, compare_spellers.SEEDS, compare_spellers.MODELS)
    assert sorted(found) == sorted(wanted)


def test_the_settings_are_those_of_the_script():
    stored = stored_spellers()["settings"]
    assert {**stored, "torch": None} == {**compare_spellers.SETTINGS, "torch": None}


@EACH_RUN
def test_sizes_and_times_are_alike(run):
    model = compare_spellers.MODELS[run["model"]][0]()
    assert run["parameters"] == sum(matrix.numel() for matrix in model.parameters()) == pytest.approx(932_000, rel=0.01)
    assert run["seconds"] <= run["cpu_seconds"] <= 1.01 * run["seconds"] and run["steps"] > 1_000


@EACH_RUN
def test_the_lengths_are_all_test_words(run):
    parts = run["by_length"]
    assert tuple(parts) == LENGTHS and sum(part["words"] for part in parts.values()) == len(split()["test"])
    wrong = sum(part["words"] * part["WER"] for part in parts.values())
    assert wrong / len(split()["test"]) == pytest.approx(run["WER"], abs=1e-4)


def test_without_attention_long_words_are_lost_in_every_seed():
    for seconds, seed in itertools.product(compare_spellers.SECONDS, compare_spellers.SEEDS):
        chosen = {run["model"]: run["by_length"] for run in RUNS if (run["seconds"], run["seed"]) == (seconds, seed)}
        grows = {name: parts["12-14"]["PER"] / parts["2-5"]["PER"] for name, parts in chosen.items()}
        assert grows["GRU"] > 2 > 1.8 > max(grows["Transformer"], grows["GRU with attention"])


def test_a_run_of_the_script(monkeypatch):
    few = {name: words[:60] for name, words in split().items()}
    monkeypatch.setattr(compare_spellers, "split", lambda: few)
    monkeypatch.setattr(compare_spellers, "pairs", lambda part: pairs(part)[:200])
    monkeypatch.setattr(compare_spellers, "LENGTHS", ("2-20",))
    run = compare_spellers.run("GRU with attention", seconds=0.5, seed=0)
    assert set(run) == set(RUNS[0]) and 0.5 <= run["cpu_seconds"] < 2 and run["steps"] >= 1
    assert run["by_length"] == {"2-20": {"words": 60, "PER": run["PER"], "WER": run["WER"]}}


def test_our_errors_on_newer_words_are_those_that_are_stored():
    stored, words = stored_g2p_en(), split()["newer"]
    written = dict(zip(words, write_all(load(), words)))
    per, wer = error_rates(list(written.values()), [pronunciations()[word] for word in words])
    ours = stored["models"]["ours"]
    assert stored["words"] == len(words) and (ours["PER"], ours["WER"]) == pytest.approx((per, wer), abs=1e-3)
    for word, said in stored["examples"].items():
        assert said["ours"] == written[word] and said["dictionary"] == [list(way) for way in pronunciations()[word]]


def test_the_pretrained_net_equals_its_formulas():
    chance = np.random.default_rng(0)
    shapes = {"emb": (74, 5), "w_ih": (12, 5), "w_hh": (12, 4), "b_ih": (12,), "b_hh": (12,)}
    sides = itertools.product(("enc", "dec"), shapes.items())
    numbers = {f"{side}_{name}": chance.normal(size=shape).astype(np.float32) for side, (name, shape) in sides}
    numbers |= {"fc_w": chance.normal(size=(74, 4)).astype(np.float32), "fc_b": np.zeros(74, np.float32)}
    written = compare_g2p_en.Pretrained(numbers).write("river")
    assert written == by_formulas(numbers, "river") and len(set(written)) > 1


def by_formulas(numbers, word):
    """Greedy, with the gated recurrent unit of Cho et al. 2014 as g2p-en writes it: gates in the order r, z, n."""

    def step(side, symbol, h):
        x = numbers[f"{side}_emb"][symbol]
        r_x, z_x, n_x = np.split(numbers[f"{side}_w_ih"] @ x + numbers[f"{side}_b_ih"], 3)
        r_h, z_h, n_h = np.split(numbers[f"{side}_w_hh"] @ h + numbers[f"{side}_b_hh"], 3)
        r, z = 1 / (1 + np.exp(-r_x - r_h)), 1 / (1 + np.exp(-z_x - z_h))
        return (1 - z) * np.tanh(n_x + r * n_h) + z * h

    h = np.zeros(4)
    for letter in [*(ord(letter) - ord("a") + 3 for letter in word), 2]:
        h = step("enc", letter, h)
    phone, phones = 2, []
    for _ in range(20):
        h = step("dec", phone, h)
        phone = int(np.argmax(numbers["fc_w"] @ h + numbers["fc_b"]))
        if phone == 3:
            break
        phones.append(compare_g2p_en.PHONES[phone].rstrip("012"))
    return phones
