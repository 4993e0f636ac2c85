"""The live widgets of the lessons; each is handed its maths as a function."""

from .attention_view import AttentionView
from .clock_view import ClockView
from .mask_view import MaskView
from .matrix_pipeline import MatrixPipeline
from .shuffle_view import ShuffleView
from .turn_view import TurnView

__all__ = ["AttentionView", "ClockView", "MaskView", "MatrixPipeline", "ShuffleView", "TurnView"]
