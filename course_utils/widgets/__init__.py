"""The live widgets of the lessons; each is handed its maths as a function."""

from .attention_view import AttentionView
from .matrix_pipeline import MatrixPipeline

__all__ = ["AttentionView", "MatrixPipeline"]
