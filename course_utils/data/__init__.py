"""What ships with the course, and how to read it. Nothing is downloaded."""

from course_utils.data.word_vectors import (
    SENTENCE,
    UnknownWord,
    WordError,
    embed,
    nearest,
    project_2d,
    word_vector,
    words,
)

__all__ = ["SENTENCE", "UnknownWord", "WordError", "embed", "nearest", "project_2d", "word_vector", "words"]
