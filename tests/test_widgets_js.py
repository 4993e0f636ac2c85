"""Promise: each widget's JavaScript does what its tests say, is free of slips that tools can find, and stands alone."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from javascript import node

import course_utils.widgets
from course_utils.widgets.esm import STATIC, module

ROOT = Path(__file__).parents[1]
TESTS = sorted((ROOT / "tests/js").glob("*.test.mjs"))
FETCHED = re.compile(r"^\s*import\b.*|@import.*|\bimport\(.*|\bfetch\(.*|https?://(?!www\.w3\.org/2000/svg).*", re.M)
WIDGETS = [getattr(course_utils.widgets, name) for name in course_utils.widgets.__all__]


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.stem)
def test_javascript(file):
    node("--test", str(file))


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_module_stands_alone(widget):
    text = str(widget._esm)
    code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)  # without comments, which name types
    assert FETCHED.findall(code) == FETCHED.findall(str(widget._css)) == []
    check = text.replace("\nexport default ", "\nconst joined = ") + "if (typeof joined.render !== 'function') throw 0;"
    node("--input-type=module", given=check)


def test_two_files_may_use_one_name(tmp_path, monkeypatch):
    files = {
        "one.js": 'import { two } from "./two.js";\nconst STEP = 1;\nexport default () => STEP + two();\n',
        "two.js": 'import { three } from "./three.js";\nconst STEP = 20;\nexport const two = () => STEP + three;\n',
        "three.js": "const STEP = 300;\nexport const three = STEP;\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr("course_utils.widgets.esm.STATIC", tmp_path)
    joined = module("one").replace("export default ", "const joined = ")
    assert node("--input-type=module", given=f"{joined}console.log(joined());") == "321\n"


@pytest.mark.parametrize("file", sorted(STATIC.glob("*.js")), ids=lambda file: file.name)
def test_python_understands_how_a_file_imports_and_exports(file):
    """Python joins the files by lines that begin so; any other way to import or export would be lost."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("import"):
            assert re.fullmatch(r'import \{ [\w, ]+ \} from "\./\w+\.js";|import \{', line)
        if line.startswith("export"):
            assert re.match(r"export (default |(async )?(const|function|class) \w+)", line)


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["lint", "types"])
def test_tools_find_no_slip(tool):
    if not (ROOT / "node_modules").exists():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("`npm ci` has not been run: eslint and the type check were not tried")
    done = subprocess.run([shutil.which("npm"), "run", tool], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
