"""Promise: the reader's own words have vectors that mean something, and a word without one is told kindly."""


import make_word_vectors
import numpy as np
import pytest
import torch

from course_utils.data import SENTENCE, UnknownWord, WordError, embed, nearest, project_2d, word_vector, words

TRIPLES = """
cat dog bank, dog cat bank, bank money cat, bank river cat, river water king, river lake money, king queen apple,
queen princess bread, apple fruit king, orange lemon king, mother father stone, sat sit king, red blue walk,
monday friday apple, happy sad table, doctor nurse river, france germany dog, london paris milk, car truck flower,
two three cat, piano guitar snow, computer software fish, kitten cat money, hot cold book, he she tree
""".split(",")


def cosine(a, b):
    return torch.cosine_similarity(word_vector(a), word_vector(b), dim=0).item()


@pytest.mark.parametrize("triple", [triple.strip() for triple in TRIPLES])
def test_a_word_is_nearer_to_its_kin(triple):
    word, kin, stranger = triple.split()
    assert cosine(word, kin) > cosine(word, stranger) + 0.2


def test_the_table_is_small_and_evenly_scaled():
    assert make_word_vectors.TARGET.stat().st_size < 500_000
    assert len(set(words())) == len(words()) == 5000
    table = torch.stack([word_vector(word) for word in words()[::50]])
    assert torch.allclose(table.square().mean(dim=1), torch.ones(100))


def test_the_sentence_of_every_lesson_has_vectors():
    tokens, X = embed(SENTENCE)
    assert tokens == SENTENCE.split()
    assert X.shape == (9, 16) and X.dtype == torch.float32
    assert torch.equal(X[0], X[4]) and torch.equal(X[5], word_vector("bank"))


def test_case_and_punctuation_do_not_matter():
    tokens, X = embed('  "The CAT — sat, on…\tthe mat?!" ')
    assert tokens == ["the", "cat", "sat", "on", "the", "mat"]
    assert torch.equal(X, embed("the cat sat on the mat")[1])


def test_changing_a_vector_leaves_the_table_alone():
    embed("cat")[1].zero_()
    assert word_vector("cat").abs().sum() > 1


@pytest.mark.parametrize("word", ["catt", "kitens", "🍎", "<img", "don't", "x" * 100_000, "\x1b[31mred"])
def test_an_unknown_word_is_told_in_one_short_sentence(word):
    with pytest.raises(UnknownWord) as told:
        embed(f"the {word} sat")
    message = str(told.value)
    assert message.startswith('"' + word[:4].replace("\x1b", "?"))
    assert "is not among the course's 5,000 words." in message
    assert len(message) < 150 and message.isprintable()


def test_near_spellings():
    with pytest.raises(UnknownWord, match="Near spellings: cat, ") as told:
        embed("the catt sat")
    assert told.value.word == "catt" and set(told.value.near) <= set(words())
    with pytest.raises(UnknownWord, match="another word"):
        embed("zzzzzzzz")


def test_a_tag_is_a_word_like_any_other():
    with pytest.raises(UnknownWord, match='"<img" is not'):
        embed("<img src=x onerror=alert(1)>")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [("", "no words"), (" ?! ", "no words"), ("cat " * 65, "65 words; at most 64"), (5, "got int"), (None, "NoneType")],
)
def test_what_is_no_sentence_is_told(sentence, told):
    with pytest.raises(WordError, match=told):
        embed(sentence)


def test_a_notebook_shows_the_readers_line_and_no_line_of_ours():
    with pytest.raises(UnknownWord) as told:
        embed("the catt sat")
    where, message = told.value._render_traceback_()
    assert 'embed("the catt sat")' in where
    assert message == f"UnknownWord: {told.value}"


def test_nearest():
    found = nearest("dog", n=3)
    assert len(found) == 3 and "dog" not in dict(found)
    assert found == sorted(found, key=lambda pair: -pair[1])
    word, value = found[0]
    assert value == pytest.approx(cosine("dog", word), abs=1e-3)
    assert nearest(3 * word_vector("dog"), n=1) == [("dog", 1.0)]


@pytest.mark.parametrize("vector", [torch.zeros(16), [1.0, 2.0], [float("nan")] * 16, {}, None, [["a"]]])
def test_what_is_no_vector_is_told(vector):
    with pytest.raises(WordError, match="16|direction"):
        nearest(vector)


@pytest.mark.parametrize("n", [0, -1, 5000, True, "5", 2.0])
def test_a_wrong_number_of_neighbours_is_told(n):
    with pytest.raises(WordError, match="expected 1 to 4,999"):
        nearest("cat", n)


def test_the_plane_keeps_the_dot_products_that_matter():
    names = ["river", "water", "money", "cash"]
    plane = project_2d(names)
    assert plane.shape == (4, 2) and torch.equal(plane, project_2d(names))
    river, water, money, cash = torch.nn.functional.normalize(plane, dim=1)
    assert river @ water > 0.9 and money @ cash > 0.9 and abs(river @ money) < 0.3


@pytest.mark.parametrize("names", ["cat", ["cat"], [], ["cat", "the dog"], ["cat", 3], None])
def test_what_makes_no_plane_is_told(names):
    with pytest.raises(WordError):
        project_2d(names)


@pytest.mark.parametrize("token", ["a", "i", "of", "cat", "yes", "try"])
def test_the_script_keeps_whole_words(token):
    assert make_word_vectors.is_word(token)


@pytest.mark.parametrize("token", ["##ing", "[CLS]", "b", "km", "uk", "viii", "isn", "1999", "é", "hms"])
def test_the_script_leaves_out_what_is_no_word(token):
    assert not make_word_vectors.is_word(token)


def test_the_script_keeps_neighbours_together():
    groups = np.repeat(np.eye(20, 40), 3, axis=0)  # 20 groups of three words, at right angles to one another
    vectors = (groups + np.random.default_rng(0).normal(scale=0.02, size=groups.shape)).astype(np.float32)
    start = make_word_vectors.principal_axes(vectors)
    table = make_word_vectors.keep_neighbours(vectors, start, block=25)
    assert np.allclose((table**2).mean(axis=1), 1)
    nearest_two = np.argsort(-(table @ table.T - 99 * np.eye(60)), axis=1)[:, :2]
    assert (nearest_two // 3 == np.arange(60)[:, None] // 3).all()
