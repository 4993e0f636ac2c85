"""The lesson of one's own that the page for instructors shows, made as it says."""

import contextlib
import re
import shlex
from pathlib import Path

from course_utils.instructor.__main__ import main

GUIDE = Path(__file__).parents[1] / "docs/teaching.md"
LESSON = "21_window"
BOTH_WAYS = """\
def window_mask(length, width):
    far = torch.arange(length)[:, None] - torch.arange(length)
    return abs(far) < width"""


def begin(folder):
    """Write the exercises, the plan and the lesson of the page into a folder, which is given back."""
    text = GUIDE.read_text(encoding="utf-8").partition("## 9. ")[2].partition("\n## ")[0]
    for name, source in re.findall(r"`(ours/\w+\.py)`:\n\n```python\n(.*?)```", text, re.S):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(source, encoding="utf-8")
    (folder / "plan.toml").write_text(re.search(r"```toml\n(.*?)```", text, re.S)[1], encoding="utf-8")
    command = re.search(r"^python -m course_utils.instructor (lesson .*)$", text, re.M)[1]
    with contextlib.chdir(folder):
        assert main(shlex.split(command)) == 0
    return folder
