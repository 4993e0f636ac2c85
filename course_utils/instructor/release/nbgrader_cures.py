"""What nbgrader 0.9.6 needs to be fair to every notebook; its configuration names these classes.

Only nbgrader imports this module. (report/nbgrader_gradebook.py writes points for it.)
"""

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearOutput,
    DeduplicateIds,
    GetGrades,
    OverwriteCells,
    OverwriteKernelspec,
)


class ForgetCopies(DeduplicateIds):
    """A copied check becomes an ordinary cell. nbgrader leaves an empty mark on it and then stops, with the class."""

    def preprocess_cell(self, cell, resources, cell_index):
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if "nbgrader" in cell.metadata and not cell.metadata["nbgrader"]:
            del cell.metadata["nbgrader"]
        return cell, resources


class RestoreAtTheEnd(OverwriteCells):
    """A check that was deleted, or lost its mark in another editor, is put back as the last cell.

    nbgrader puts it behind the check before, where the answer may not have been given yet.
    """

    def add_missing_grade_cells(self, nb, resources):
        kept = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
        released = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
        sources = {cell.name: cell for cell in released.source_cells}
        by_hand = {cell.name for cell in released.solution_cells}
        for graded in released.grade_cells:
            if graded.name not in kept:
                name, points = graded.name, graded.max_score
                nb.cells.append(self.missing_cell_transform(sources[name], points, is_solution=name in by_hand))
        return nb, resources


class HideTests(ClearHiddenTests):
    """Feedback without the hidden tests, which would show their seed. What a student has written is left alone.

    A traceback quotes them too; its last line, the hint, is enough.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        if not cell.metadata.get("nbgrader", {}).get("locked"):
            return cell, resources
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
        return super().preprocess_cell(cell, resources, cell_index)


# What a submission goes through before it is run, with the two in the places of those that they cure.
CURED = [ClearOutput, ForgetCopies, OverwriteKernelspec, RestoreAtTheEnd, CheckCellMetadata]
# What the page for the student goes through.
SHOWN = [GetGrades, HideTests, CSSHTMLHeaderPreprocessor]
