"""Where in somebody's code an error came up: the line, and the operation that failed."""

from __future__ import annotations

import ast
import builtins
import contextlib
import linecache
import sysconfig
import traceback
from pathlib import Path

COURSE, ENGINE = str(Path(__file__).parents[2]), str(Path(__file__).parent)
LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**", ast.FloorDiv: "//",
    ast.Mod: "%", ast.Invert: "~", ast.USub: "-", ast.BitAnd: "&", ast.BitOr: "|",
}  # fmt: skip
CALLED = {  # what a function does, whichever library it is from
    **dict.fromkeys(("matmul", "mm", "bmm", "dot", "mv", "inner", "einsum", "linear", "tensordot", "addmm", "baddbmm"), "@"),
    **dict.fromkeys(("sub", "subtract", "sub_"), "-"),
    **dict.fromkeys(("add", "add_"), "+"),
    **dict.fromkeys(("div", "divide", "true_divide", "div_"), "/"),
    **dict.fromkeys(("mul", "multiply", "mul_"), "*"),
    **dict.fromkeys(("cat", "concat", "concatenate", "hstack", "vstack", "append"), "join"),
    **dict.fromkeys(("view", "reshape", "unflatten"), "reshape"),
    **dict.fromkeys(("transpose", "swapaxes", "permute", "swapdims", "t"), "swap axes"),
}


def line_of(error, filename):
    """The last line of a file that the error passed through; "" if it passed through none."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == filename]
    return own[-1].line if own else ""


def operation_of(error):
    """What failed, in the innermost line that is no library's: "@", "/", "reshape", "unpack", ...; "" if it is not clear."""
    own = [frame for frame in traceback.extract_tb(error.__traceback__) if not _is_library(frame.filename)]
    for form in ("({}\n)", "{}"):  # an expression, perhaps over several lines; a statement
        with contextlib.suppress(SyntaxError, ValueError, TypeError, IndexError):
            return _operation(ast.parse(form.format(_text(own[-1]).strip())).body[0])
    return ""


def calls_itself(error):
    """True if a function stands in its own call when the error comes up."""
    codes = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__) if not _is_library(frame.f_code.co_filename)]
    return len(codes) > len(set(codes))


def _is_library(filename):
    return filename.startswith(ENGINE) or filename.startswith(LIBRARIES) and not filename.startswith(COURSE)


def _text(frame):
    """The part of the source that was being worked out."""
    lines = [linecache.getline(frame.filename, number) for number in range(frame.lineno, frame.end_lineno + 1)]
    lines[-1] = lines[-1].encode()[: frame.end_colno].decode()
    lines[0] = lines[0].encode()[frame.colno :].decode()
    return "".join(lines)


def _operation(statement):
    """The sign or the name of what a statement or an expression does last."""
    if isinstance(statement, ast.AugAssign):
        return SIGNS.get(type(statement.op), "")
    node = getattr(statement, "value", None)
    if isinstance(statement, ast.Raise):
        return "raise"
    if isinstance(node, (ast.BinOp, ast.UnaryOp)):
        return SIGNS.get(type(node.op), "")
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        is_known = isinstance(node.func, ast.Attribute) or hasattr(builtins, name)  # others are named as anybody likes
        return CALLED.get(name, name if is_known else "")
    return {ast.Tuple: "unpack", ast.Subscript: "index", ast.Attribute: "attribute"}.get(type(node), "")
