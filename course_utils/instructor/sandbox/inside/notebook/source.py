"""The statements of a notebook, and who reads, binds and changes which name: what has to run before what."""

from __future__ import annotations

import ast
import contextlib
import math
from collections import defaultdict

from .cells import CANNOT_BE_READ, Statement, statements_in
from .checks import checks_in, is_check_alone, other_names_of_check
from .names import changed, is_import, names, star_of

THE_END = (math.inf,)


class Source:
    """statements: of all cells of code, in order.  files: texts of the modules that cells write, by name."""

    def __init__(self, statements, files=()):
        self.statements, self.files = statements, dict(files)
        self.called = frozenset(other_names_of_check(statement.node for statement in statements))
        self.reads, self.binds, self.checks = {}, {}, {}
        self.binders, self.changers, self.stars = defaultdict(list), defaultdict(list), []
        for statement in statements:
            self._take_in(statement)

    def _take_in(self, statement):
        self.look_at(statement)
        for name in self.binds[statement.place]:
            self.binders[name].append(statement)
        for name in changed(statement.node, calls=True):
            self.changers[name].append(statement)
        if any(name in statement.text for name in self.called):
            self.checks[statement.place] = checks_in(statement.node, self.called)
        module = star_of(statement.node)
        if module is not None and module not in self.files and not module.startswith("course_"):
            self.stars.append(statement)

    def look_at(self, statement):
        """Note what a statement reads and binds, also if it is none of the notebook's own."""
        read, bound = names(statement.code)
        if star_of(statement.node) in self.files:
            bound |= self._names_in_file(star_of(statement.node))
        self.reads[statement.place], self.binds[statement.place] = read, bound

    def _names_in_file(self, module):
        own = (statement for statement in statements_in(self.files[module], 0) if not is_import(statement.node))
        bound = (names(statement.code)[1] for statement in own)
        return {name for each in bound for name in each if not name.startswith("_")}

    def assigned(self, name, value, place, file) -> Statement:
        """A statement that gives a name the value of an expression, as if it stood at that place."""
        node = ast.fix_missing_locations(ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), value))
        text = ""
        with contextlib.suppress(*CANNOT_BE_READ):
            text = ast.unparse(node)
        made = Statement(place, node, text, file)
        self.look_at(made)
        return made

    def is_check_alone(self, statement):
        """Is it nothing but a call of check?"""
        return is_check_alone(statement.node, self.called)

    def handed_over(self, statement, name):
        """What a statement hands to the check of this answer, as expressions."""
        checks = self.checks.get(statement.place)  # of most there is none, and this is asked for each of all names
        return [answer for about, answer in checks if about == name] if checks else []

    def end_of_check(self, statement, name) -> tuple:
        """The place up to which a learner had run when they checked this answer, or the end of its cell."""
        place = statement.place[:2]
        checked = (at for at, found in self.checks.items() if any(about == name for about, _ in found))
        return min((at for at in checked if at >= place), default=(place[0], math.inf))

    def needed_by(self, statement, settled, answers, until=THE_END) -> list[Statement]:
        """The statements to run before and with this one, in order, none of them behind the place `until`.

        settled: names that have their value already.  answers: Found for each name of the lesson; of these, only the
        likeliest definition is taken.
        """
        own = self.binds[statement.place] & set(answers)
        needed = {s.place: s for name in own for s in self.binders[name] if self._is_built_on(s, statement)}
        needed |= {s.place: s for name in own for s in self._adding_to(name, statement, until)}
        waiting = [name for s in (*needed.values(), statement) for name in self.reads[s.place]]
        seen = set(settled) | own
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                for other in self._definitions(name, answers, until):
                    needed[other.place] = other
                    waiting += self.reads[other.place]
        needed[statement.place] = statement
        return [needed[place] for place in sorted(needed)]

    def _is_built_on(self, earlier, statement):
        """Does it give the name a value that a later `name = wrap(name)` may start from?"""
        return earlier.place <= statement.place and not is_import(earlier.node) and not self.is_check_alone(earlier)

    def _adding_to(self, name, statement, until):
        """What adds to the value after it, as `softmax.calls = 0` does."""
        later = (s for s in self.changers[name] if statement.place < s.place <= until)
        return [s for s in later if name in changed(s.node, calls=False)]

    def order_after(self, other, statement):
        """For sorting: what a statement may need comes before it, and what adds to its value behind it."""
        if other is statement:
            return 1
        adds = other.place > statement.place and self.binds[statement.place] & changed(other.node, calls=False)
        return 2 if adds else 0

    def _definitions(self, name, answers, until):
        if name in answers:
            return answers[name].tried[:1]
        own = [s for s in (*self.binders[name], *self.stars) if s.place <= until]
        assigned = any(not is_import(s.node) for s in own)
        changers = [s for s in self.changers[name] if s.place <= until]
        return own + [s for s in changers if assigned or name in changed(s.node, calls=False)]
