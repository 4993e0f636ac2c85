"""Weight and speed of two lessons as pages of the website, against the same lessons as nbconvert's HTML with
@jupyter-widgets/html-manager, RequireJS and MathJax, both from one local server with gzip, in one run.

    python benchmarks/website.py

Needs Node and npm (the other side's packages are fetched into a temporary folder). Prints kilobytes sent and the
milliseconds after navigation until all widgets of the page stand, the median of REPEATS cold loads; then the CPU time
of a word that is typed on the page of lesson 09.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests/browser"), str(ROOT)]

import nbformat  # noqa: E402
from lab import open_browser  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from nbconvert import HTMLExporter  # noqa: E402

LESSONS = "01_queries_keys_values", "02_softmax_attention"
PACKAGES = "@jupyter-widgets/html-manager@1.0.14", "mathjax@3.2.2", "requirejs@2.3.7"
REPEATS = 5
STANDS = """count => {
    const look = () => {
        const all = [...document.querySelectorAll(".course-widget")];
        const stand = all.filter(one => one.getBoundingClientRect().height > 50).length;
        stand >= count ? window.stands = performance.now() : requestAnimationFrame(look);
    };
    look();
}"""


class Gzipped(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, every file gzipped, nothing to be cached."""

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


def with_html_manager(folder: Path):
    """The lessons as nbconvert makes them, every script beside them in the folder."""
    subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), *PACKAGES], check=True)
    anywidget = Path(sys.prefix) / "share/jupyter/nbextensions/anywidget/index.js"
    (folder / "anywidget.js").write_bytes(anywidget.read_bytes())  # RequireJS looks beside the page first
    scripts = "/theirs/node_modules"
    manager = f"{scripts}/@jupyter-widgets/html-manager/dist/embed-amd.js"
    exporter = HTMLExporter(
        require_js_url=f"{scripts}/requirejs/require.js", mathjax_url=f"{scripts}/mathjax/es5/tex-chtml.js",
        widget_renderer_url=manager,
    )  # fmt: skip
    for name in LESSONS:
        notebook = nbformat.read(ROOT / f"notebooks/{name}.ipynb", as_version=4)
        NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
        html, _ = exporter.from_notebook_node(notebook)
        (folder / f"{name}.html").write_text(html, encoding="utf-8")


def load(browser, address, count):
    """(kilobytes sent, milliseconds until `count` widgets stand) of one cold load."""
    context = browser.new_context()
    page, sent = context.new_page(), []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.add_init_script(f"addEventListener('DOMContentLoaded', () => ({STANDS})({count}))")
    page.goto(address)
    page.wait_for_function("window.stands")
    page.wait_for_load_state("networkidle")
    milliseconds = page.evaluate("window.stands")
    context.close()
    return sum(sent) / 1000, milliseconds


def main():
    with tempfile.TemporaryDirectory() as home:
        ours, theirs = Path(home, "ours"), Path(home, "theirs")
        theirs.mkdir()
        command = [sys.executable, str(ROOT / "website/build.py"), "--from-notebooks", "--out", str(ours)]
        subprocess.run(command, check=True, capture_output=True)
        with_html_manager(theirs)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Gzipped, directory=home))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with open_browser() as browser:
            for name in LESSONS:
                count = (ours / f"{name}.html").read_text(encoding="utf-8").count("data-widget=")
                compare(browser, f"http://127.0.0.1:{server.server_port}", name, count)
        server.shutdown()
        subprocess.run(["node", str(ROOT / "benchmarks/typed_word.mjs"), str(ours)], check=True)


def compare(browser, address, name, count):
    """A line for each side, then the two ratios."""
    found = {}
    for side in ("theirs", "ours"):
        runs = [load(browser, f"{address}/{side}/{name}.html", count) for _ in range(REPEATS)]
        found[side] = [statistics.median(column) for column in zip(*runs)]
        print(f"{name} {side:6} {found[side][0]:7.0f} kB   {found[side][1]:6.0f} ms until {count} widgets stand")
    ratios = [a / b for a, b in zip(found["theirs"], found["ours"])]
    print(f"{name} ours is {ratios[0]:.1f} times as light and {ratios[1]:.1f} times as soon\n")


if __name__ == "__main__":
    main()
