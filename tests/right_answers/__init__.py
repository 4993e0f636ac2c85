"""Unusual but right answers, one module per lesson: {exercise: [function, ...]}. Every check must accept them."""

import importlib
import pkgutil

RIGHT = {}
for module in pkgutil.iter_modules(__path__):
    RIGHT.update(importlib.import_module(f"{__name__}.{module.name}").RIGHT)
