"""What runs inside the sandbox, beside the students' code: it holds no answer and trusts nobody's.

Only the standard library, torch, and the answer-free part of the exercises' engine; `image.py` copies the files in.
"""
