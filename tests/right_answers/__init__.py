"""Unusual but right answers, one module per lesson or source: {exercise: [function, ...]}. Every check accepts them."""

import importlib
import pkgutil

RIGHT = {}
for module in pkgutil.iter_modules(__path__):
    for name, answers in importlib.import_module(f"{__name__}.{module.name}").RIGHT.items():
        RIGHT.setdefault(name, []).extend(answers)
