"""The live widgets of the lessons; each is handed its maths as a function."""

from .attention_view import AttentionView
from .block_view import BlockView
from .clock_view import ClockView
from .decode_view import DecodeView
from .heads_map import HeadsMap
from .heads_view import HeadsView
from .mask_view import MaskView
from .matrix_pipeline import MatrixPipeline
from .query_plane import QueryPlane
from .sample_view import SampleView
from .shuffle_view import ShuffleView
from .turn_view import TurnView
from .vanishing_view import VanishingView
from .waiting_view import WaitingView

__all__ = [
    "AttentionView",
    "BlockView",
    "ClockView",
    "DecodeView",
    "HeadsMap",
    "HeadsView",
    "MaskView",
    "MatrixPipeline",
    "QueryPlane",
    "SampleView",
    "ShuffleView",
    "TurnView",
    "VanishingView",
    "WaitingView",
]
