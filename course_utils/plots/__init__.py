"""Arrays in, matplotlib figure out; `show` puts the figure into the notebook with its text alternative."""

from course_utils.plots.architecture import architecture, where_are_we
from course_utils.plots.charts import bars, curves
from course_utils.plots.figures import blank, show
from course_utils.plots.heads import head_maps
from course_utils.plots.matrices import heatmap, heatmaps, signed_heatmap

__all__ = [
    "architecture", "bars", "blank", "curves", "head_maps", "heatmap", "heatmaps", "show", "signed_heatmap",
    "where_are_we",
]  # fmt: skip
