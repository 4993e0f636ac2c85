"""JupyterLab's page and the lessons in it, as a learner has them before their eyes."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat

SIZE = {"width": 1100, "height": 900}
SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
LONGEST_SCREENSHOT = 16_000  # pixels; Chromium draws no more
MS_PER_STEP = 30_000  # how long a page may take over one step on a busy machine
MS_TO_OPEN = 120_000
MS_PER_LESSON = 400_000


# The page's own JavaScript: JupyterLab with its application at window.jupyterapp.
WHEN_READY_MARK_CELLS = """async () => {
    const panel = window.jupyterapp.shell.currentWidget;
    await panel.context.ready;
    await panel.context.sessionContext.ready;
    await panel.revealed;
    while (panel.content.widgets.some(cell => !cell.node.isConnected)) {
        panel.content.update();  // cells out of sight come into the page when it is idle: on a busy machine, late
        await new Promise(done => setTimeout(done, 50));
    }
    for (const [place, cell] of panel.content.widgets.entries()) {
        cell.node.dataset.place = place;
        for (const [kind, name] of Object.entries(cell.model.getMetadata("course") ?? {}))
            cell.node.dataset.course = `${kind} ${name}`;
    }
    return panel.context.sessionContext.session.kernel.id;
}"""
ASK_KERNEL = """async expression => {
    const kernel = window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
    const request = { code: "", user_expressions: { asked: expression }, store_history: false };
    const reply = await kernel.requestExecute(request).done;
    return reply.content.user_expressions.asked.data["text/plain"];
}"""
RUN_CELLS = """async places => {
    const { content } = window.jupyterapp.shell.currentWidget;
    content.deselectAll();
    content.activeCellIndex = places[0];
    places.forEach(place => content.select(content.widgets[place]));
    await window.jupyterapp.commands.execute("notebook:run-cell");
}"""
CLEAR_AND_CLOSE = """async code => {
    const panel = window.jupyterapp.shell.currentWidget;
    const { kernel } = panel.context.sessionContext.session;
    await kernel.requestExecute({ code, store_history: false }).done;
    panel.dispose();
}"""
CLEAR = "import ipywidgets\nipywidgets.Widget.close_all()\n%reset -f"
TO_THE_TOP = """async () => {
    const panel = window.jupyterapp.shell.currentWidget.node;
    panel.querySelector(".jp-WindowedPanel-outer").scrollTop = 0;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    return [...panel.querySelectorAll(".jp-Cell")].reduce((sum, cell) => sum + cell.offsetHeight, 0);
}"""


def evaluate(page, script, argument=None, ms=MS_PER_STEP):
    """What an async function of JavaScript gives back; playwright by itself would wait for it for ever."""
    late = f"new Promise((_, fail) => setTimeout(() => fail(new Error('not done after {ms} ms')), {ms}))"
    return page.evaluate(f"argument => Promise.race([({script})(argument), {late}])", argument)


class Lab:
    """One JupyterLab page over a folder. Notebooks that are open one after the other have one kernel, emptied between.

    problems: what the browser's console complained of since the last lesson was opened.
    asked: addresses outside the machine that were asked for since then.
    """

    def __init__(self, browser, address, folder):
        self.folder = folder
        self.page = browser.new_page(viewport=SIZE)
        self.page.set_default_timeout(MS_PER_STEP)
        self.kernel = None
        self.problems, self.asked = [], []
        self.page.on("console", lambda said: said.type == "error" and self.problems.append(said.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: _is_outside(request.url) and self.asked.append(request.url))
        self.page.goto(address)
        self.page.wait_for_function("window.jupyterapp")
        self.page.evaluate("window.jupyterapp.restored.then(() => 0)")
        self.command("application:toggle-left-area")

    def command(self, name, **arguments):
        """Do what a menu entry of JupyterLab does, and wait until it is done."""
        script = "async ([name, args]) => { await window.jupyterapp.commands.execute(name, args) }"
        evaluate(self.page, script, [name, arguments])

    def theme(self, name):
        """Choose "Light", "Dark" or "Dark High Contrast"."""
        self.command("apputils:change-theme", theme=f"JupyterLab {name}")
        self.page.wait_for_selector(f"body[data-jp-theme-name='JupyterLab {name}']", state="attached")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    def open(self, path):
        """Open a notebook, wait for its kernel, and mark the cells that belong to exercises. Returns the Lesson."""
        self.problems.clear()
        self.asked.clear()
        kernel = {"kernel": {"id": self.kernel}} if self.kernel else {}
        self.command("docmanager:open", path=path, factory="Notebook", **kernel)
        self.kernel = evaluate(self.page, WHEN_READY_MARK_CELLS, ms=MS_TO_OPEN)
        return Lesson(self, Path(path).stem)

    def open_cells(self, name, *sources):
        """Write a notebook of these code cells into the folder, open it and run it."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.folder / f"{name}.ipynb")
        lesson = self.open(f"{name}.ipynb")
        lesson.run_all()
        return lesson


def _is_outside(url):
    return url.startswith(("http", "ws")) and not url.split("/")[2].startswith(("localhost:", "127.0.0.1:"))


class Lesson:
    """An open notebook."""

    def __init__(self, lab, name):
        self.lab, self.page, self.name = lab, lab.page, name
        self.panel = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def run_all(self):
        """Run every cell and wait for the last."""
        run = "async () => { await window.jupyterapp.commands.execute('notebook:run-all-cells') }"
        evaluate(self.page, run, ms=MS_PER_LESSON)

    def run_these(self, places):
        """Run the cells at these places, in their order, and wait for the last."""
        evaluate(self.page, RUN_CELLS, places, ms=MS_PER_LESSON)

    def scroll_to(self, place):
        """Bring the cell at this place into sight, for only then JupyterLab makes what is in it. Returns the cell."""
        cell = self.panel.locator(f".jp-Cell[data-place='{place}']")
        cell.evaluate("cell => cell.scrollIntoView({ block: 'center' })")
        return cell

    def errors(self):
        """The texts of all error outputs and warnings, and of widgets that could not be shown."""
        errors = self.panel.locator("[data-mime-type='application/vnd.jupyter.stderr']")
        return errors.or_(self.panel.get_by_text("Error displaying widget")).all_inner_texts()

    def widget(self, css_class, number=0):
        """A widget of the course, by the class of its outermost element and its place among its like."""
        return self.panel.locator(f".course-widget.{css_class}").nth(number)

    def python(self, expression):
        """The repr of an expression in the lesson's kernel."""
        return evaluate(self.page, ASK_KERNEL, expression)

    def screenshot(self, name):
        """Where COURSE_SCREENSHOTS is set: store the whole lesson, however long, as screenshots/LESSON-NAME.png."""
        if not os.environ.get("COURSE_SCREENSHOTS"):
            return
        for _ in range(2):  # JupyterLab lays a cell out when it comes into sight, and only then knows its height
            height = int(evaluate(self.page, TO_THE_TOP)) + 150  # and the menus
            self.page.set_viewport_size({**SIZE, "height": min(height, LONGEST_SCREENSHOT)})
        self.panel.screenshot(path=SCREENSHOTS / f"{self.name}-{name}.png")
        self.page.set_viewport_size(SIZE)

    def cell(self, kind, name):
        """The cell that is, say, the "answer" or the "check" of an exercise."""
        return self.panel.locator(f"[data-course='{kind} {name}']")

    def write(self, cell, source):
        """Replace what stands in a cell, by keyboard."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(source)

    def run(self, cell):
        """Run one cell, by keyboard."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")

    def close(self):
        """Close its tab, unsaved, and leave its kernel empty to the next."""
        self.lab.kernel, kernel = None, self.lab.kernel
        evaluate(self.page, CLEAR_AND_CLOSE, CLEAR)
        self.lab.kernel = kernel
