"""How functions are tried that do something, besides giving something back: one module each, which needs torch alone.

A trial runs beside the answer, in the grader's sandbox too, and knows no answer.
"""
