"""Holds shape comments to their word: a trace function that compares `# (q_len, k_len)` with what its line made.

Within one call (in a notebook: one cell) a name is one size. A name gets its size from the arguments that the
docstring describes ("K: (k_len, d_k)"), from an integer variable of that name, or from the first comment that uses
it. A docstring is held to its word too, for arguments and after "Returns"; a batch in front it need not mention.
A call whose arguments are not as described is no complaint, but noted: the docstring or the caller may be wrong.
"""

import ast
import io
import linecache
import math
import re
import sys
import tokenize
from dataclasses import dataclass

INSIDE_A_LINE = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>", "<lambda>"}  # the line is not over when they are
NAMED_SHAPE = re.compile(r"((?:\w+, )*\w+): (\([^()]*\))")


@dataclass(frozen=True)
class Claim:
    """A statement's comment: the targets it assigns (None: it returns), and the axes of each tensor as source."""

    text: str
    lines: range
    targets: tuple[str, ...] | None
    shapes: tuple[tuple[str, ...], ...]


def shapes_of(comment):
    """(("q_len", "k_len"),) from "(q_len, k_len)"; () if the comment is anything else."""
    if not (comment.startswith("(") and comment.endswith(")")):
        return ()
    try:
        tree = ast.parse(comment, mode="eval").body
    except SyntaxError:
        return ()
    if not isinstance(tree, ast.Tuple):
        return ()
    several = tree.elts and all(isinstance(part, ast.Tuple) for part in tree.elts)
    return tuple(tuple(map(ast.unparse, shape.elts)) for shape in (tree.elts if several else [tree]))


def claims_in(source):
    """Line number -> Claim, for each line of a statement with a shape comment. ValueError if one stands elsewhere."""
    comments = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and (shapes := shapes_of(token.string.lstrip("# "))):
            comments[token.start[0]] = shapes
    found, lines = {}, source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return):
            span = range(node.lineno, node.end_lineno + 1)
            for line in comments.keys() & set(span):
                claim = Claim(lines[line - 1].strip(), span, _targets(node), comments.pop(line))
                found.update(dict.fromkeys(span, claim))
    if comments:
        raise ValueError(f"a shape comment belongs on an assignment or a return: `{lines[min(comments) - 1].strip()}`")
    return found


def _targets(node):
    if isinstance(node, ast.Return):
        return None
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    return tuple(map(ast.unparse, parts))


def fits(value, axes, sizes):
    """Does the value have these axes? If so, notes in `sizes` the size of each name that is new."""
    shape = tuple(getattr(value, "shape", ("no tensor",)))
    while axes[:1] == ("...",):
        axes = axes[1:]
        shape = shape[max(0, len(shape) - len(axes)) :]
    if len(shape) != len(axes):
        return False
    known = dict(sizes)
    for axis, size in zip(axes, shape, strict=True):
        wanted = known.setdefault(axis, size) if axis.isidentifier() else eval(axis, {}, known)
        if wanted != size:
            return False
    sizes.update(known)
    return True


class Watch:
    """For sys.settrace: compares every claim in the files that is_ours(filename) accepts.

    complaints: what was untrue.  misfits: arguments that were not as their docstring says.  checked: the claims that
    ran.  told_apart: those that ran in a call where every name was a different size, so that two axes the wrong way
    round cannot pass.  calls_left: after so many calls it ends the watch, which makes everything slow.
    """

    def __init__(self, is_ours):
        self.is_ours, self.files, self.calls_left = is_ours, {}, math.inf
        self.complaints, self.misfits, self.checked, self.told_apart = [], [], set(), set()

    def claims(self):
        """All claims in the files that were watched."""
        return {claim for claims in self.files.values() if claims for claim in claims.values()}

    def read(self, name):
        """Take a file in: its claims by line, or None if it is not ours."""
        ours = self.is_ours(name)
        self.files[name] = claims_in("".join(linecache.getlines(name))) if ours else None
        return self.files[name]

    def __call__(self, frame, event, arg):
        """Python calls this when any function is called, so it is quick; returns what follows the call, or None."""
        self.calls_left -= 1
        if self.calls_left < 0:
            sys.settrace(None)
            return None
        name = frame.f_code.co_filename
        claims = self.files[name] if name in self.files else self.read(name)
        if claims is None or frame.f_code.co_name in INSIDE_A_LINE:
            return None
        return self._follow(frame, claims)

    def _follow(self, frame, claims):
        """What Python calls at each line of one call: compares when a statement with a claim is over."""
        sizes, claim, raised = {}, None, False
        promise = self._docstring(frame, sizes)

        def follow(frame, event, arg):
            nonlocal claim, raised
            raised = (event == "exception" and arg[0] is not StopIteration) or (raised and event == "return")
            if claim and (raised or _is_over(claim, frame, event)):
                if not raised:
                    self._compare(claim, frame, arg, sizes)
                claim = None
            if event == "line":
                claim = claim or claims.get(frame.f_lineno)
            if event == "return" and promise.shapes and not raised:
                self._compare(promise, frame, arg, sizes)
            return follow

        return follow

    def _docstring(self, frame, sizes):
        """Learns sizes from the arguments that the docstring describes. Returns its claim on the result."""
        text = frame.f_code.co_consts[0] if frame.f_code.co_consts else None
        takes, _, returns = (text if isinstance(text, str) else "").partition("Returns ")
        promised = tuple(axes for _, axes in _named_shapes(returns))
        for names, axes in _named_shapes(takes):
            for name in names.split(", "):
                value = frame.f_locals.get(name)
                if hasattr(value, "shape") and not fits(value, axes, sizes):
                    self.misfits.append(f"{frame.f_code.co_name}: {name} is {tuple(value.shape)}, not {axes}")
                    promised = ()
        return Claim(f"Returns {returns.strip()}", range(0), None, promised)

    def _compare(self, claim, frame, returned, sizes):
        local = frame.f_locals
        values = [returned] if claim.targets is None else [eval(part, frame.f_globals, local) for part in claim.targets]
        if len(values) == 1 and isinstance(values[0], tuple):
            values = values[0]
        shapes = claim.shapes * (len(values) if len(claim.shapes) == 1 else 1)
        own = {*frame.f_code.co_varnames, *frame.f_code.co_names}  # not what an earlier cell called `length`
        sizes.update({axis: local[axis] for axis in own & set(sum(shapes, ())) if type(local.get(axis)) is int})
        if len(values) != len(shapes) or not all(map(fits, values, shapes, [sizes] * len(values))):
            found = ", ".join(str(tuple(getattr(value, "shape", "?"))) for value in values)
            self.complaints.append(f"{frame.f_code.co_name}: `{claim.text}`, but it is {found} where {sizes}")
        self.checked.add(claim)
        if len(set(sizes.values())) == len(sizes):
            self.told_apart.add(claim)


def _named_shapes(text):
    """("K", ("...", "k_len", "d_k")) for each "K: (k_len, d_k)" of a docstring."""
    found = ((names, shapes_of(shape)) for names, shape in NAMED_SHAPE.findall(text))
    return [(names, ("...", *shapes[0])) for names, shapes in found if shapes]


def _is_over(claim, frame, event):
    """A return is over when the call is; an assignment when another statement begins."""
    return event == "return" or (claim.targets is not None and frame.f_lineno not in claim.lines)
