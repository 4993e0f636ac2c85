"""Which cells of a lesson have to run so that some of them can: found by the names that they read and set."""

from __future__ import annotations

import ast
import symtable
from dataclasses import dataclass, field

DRAWS = {"randn", "rand", "randint", "randperm", "multinomial", "normal_", "Embedding", "Linear"}
ANEW = ast.Assign, ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.With
CHANGE_NOTHING = {"print", "show", "check", "show_solution"}  # of what they are given


@dataclass
class Cell:
    """reads: names that it needs from before.  sets: those it makes anew, whatever they were.  changes: those it may
    change.  draws: may it draw random numbers?  seeds: does it seed them, whatever was drawn before?"""

    reads: set = field(default_factory=set)
    sets: set = field(default_factory=set)
    changes: set = field(default_factory=set)
    draws: bool = False
    seeds: bool = False


def needed_for(cells, shows) -> list[int]:
    """Places of the cells without which those at `shows` cannot run, or would give other numbers."""
    needed, wanted, in_turn = set(), set(), False  # in_turn: random numbers are drawn later, in turn
    for i, cell in reversed(list(enumerate(looked_at(cells)))):
        if i in shows or (cell.sets | cell.changes) & wanted or (in_turn and (cell.draws or cell.seeds)):
            needed.add(i)
            wanted = wanted - cell.sets | cell.reads
            in_turn = (in_turn or cell.draws) and not cell.seeds
    return sorted(needed)


def looked_at(cells):
    """A Cell for each, top to bottom."""
    drawing, imported = set(), set()  # functions that draw; modules, which no call changes
    return [look_at(cell.source, drawing, imported) if cell.cell_type == "code" else Cell() for cell in cells]


def look_at(source: str, drawing: set, imported: set) -> Cell:
    """What one cell does with names, statement by statement; it adds to those that draw and to those imported."""
    cell = Cell()
    for statement in ast.parse(source).body:
        reads, stores = _names_outside(statement)
        cell.reads |= reads - cell.sets
        if isinstance(statement, ANEW):
            cell.sets |= stores
        imported |= stores if isinstance(statement, (ast.Import, ast.ImportFrom)) else set()
        cell.changes |= stores | _changed_by(statement) - imported
        draws = _draws(statement) or bool(reads & drawing)
        if isinstance(statement, ast.FunctionDef):
            drawing |= {statement.name} if draws else set()
        else:
            cell.draws |= draws
            cell.seeds |= isinstance(statement, ast.Expr) and "manual_seed" in ast.unparse(statement)
    return cell


def _draws(statement) -> bool:
    """Does it draw from torch's own random numbers, not from a generator that it was given?"""
    calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
    calls = [call for call in calls if isinstance(call.func, ast.Attribute)]
    return any(call.func.attr in DRAWS and "generator" not in {word.arg for word in call.keywords} for call in calls)


def _names_outside(code):
    """(names that it reads, names that it sets) outside functions; what a function inside reads from outside counts.

    What a loop counts with, its lines have from the loop.
    """
    module = symtable.symtable(ast.unparse(code), "cell", "exec")
    stores = {symbol.get_name() for symbol in module.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    if not isinstance(code, ast.For):
        return _read_in(module), stores
    target = [node for node in ast.walk(code.target) if isinstance(node, ast.Name)]
    counted = {node.id for node in target if is_stored(node)}
    inside = set().union(*(_names_outside(line)[0] for line in code.body + code.orelse))
    return _names_outside(code.iter)[0] | {node.id for node in target} - counted | inside - counted, stores


def _read_in(scope):
    top = scope.get_type() == "module"
    here = {name.get_name() for name in scope.get_symbols() if name.is_referenced() and (top or name.is_global())}
    return here.union(*map(_read_in, scope.get_children()))


def _changed_by(statement) -> set:
    """Names whose things it may change: by a call that gives nothing back, by training, by writing into them."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return set()
    nodes = list(ast.walk(statement))
    alone = [node.value for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    trains = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "train"]
    calls = [call for call in alone + trains if ast.unparse(call.func) not in CHANGE_NOTHING]
    into = [node.value for node in nodes if isinstance(node, (ast.Attribute, ast.Subscript)) and is_stored(node)]
    return {node.id for part in calls + into for node in ast.walk(part) if isinstance(node, ast.Name)}


def is_stored(node) -> bool:
    return isinstance(node.ctx, ast.Store)


def with_enough(source: str, enough: dict) -> str:
    """The cell with a shorter expression for each name in `enough` that it assigns."""
    for statement in reversed(ast.parse(source).body):
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) in enough:
            long = ast.get_source_segment(source, statement.value)
            source = source.replace(long, enough[ast.unparse(statement.targets[0])])
    return source
