"""What a learner's function may give back, raise or do that no one thinks of: for a check that has to survive it."""

import asyncio
import functools
import itertools
import sys

import numpy as np
import torch


class Broken:
    """Raises whatever is asked of it."""

    def _refuse(self, *args, **named):
        raise RuntimeError("no")

    __str__ = __repr__ = __len__ = __iter__ = __eq__ = __float__ = __int__ = __index__ = __bool__ = __array__ = _refuse
    __getitem__ = __format__ = __add__ = __getattr__ = __hash__ = _refuse


class BrokenList(list):
    """A list that lies about its length, and cannot be walked through."""

    def __len__(self):
        return 10**12

    def __iter__(self):
        raise KeyError("no")


class BrokenText(str):
    def __getitem__(self, place):
        raise IndexError("no")

    def __str__(self):
        raise ValueError("no")


class BrokenNumber(int):
    def __float__(self):
        raise ValueError("no")

    __abs__ = __index__ = __int__ = __float__


class BrokenTensor(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        raise LookupError("no")


class BrokenArray(np.ndarray):
    def __array_finalize__(self, other):
        pass

    def __array_function__(self, *args, **named):
        raise LookupError("no")

    __array_ufunc__ = astype = tolist = __array_function__


class BrokenName(type):
    """The class of classes whose names cannot be asked for."""

    @property
    def __name__(cls):
        raise ValueError("no")


class Nameless(metaclass=BrokenName):
    pass


class BrokenError(Exception):
    def __str__(self):
        raise ValueError("no")

    __repr__ = __str__


class Grows:
    """A sequence that never ends."""

    def __len__(self):
        return 3

    def __getitem__(self, place):
        return self


def in_itself():
    ring = [1]
    ring.append(ring)
    return ring


def deep(depth):
    value = 1.0
    for _ in range(depth):
        value = [value]
    return value


TENSORS = [
    lambda: torch.zeros(1).expand(10**6, 10**6),
    lambda: torch.zeros(()),
    lambda: torch.zeros(0, 3),
    lambda: torch.full((1, 4), torch.nan, requires_grad=True),
    lambda: torch.tensor([[torch.inf, -torch.inf, 0, 1]]),
    lambda: torch.eye(4).to_sparse(),
    lambda: torch.eye(4).to_sparse_csr(),
    lambda: torch.zeros(1, 4, device="meta"),
    lambda: torch.zeros(1, 4, dtype=torch.complex64),
    lambda: torch.zeros(1, 4, dtype=torch.bfloat16),
    lambda: torch.zeros(1, 4, dtype=torch.uint8),
    lambda: torch.quantize_per_tensor(torch.zeros(1, 4), 0.1, 0, torch.qint8),
    lambda: torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)]),
    lambda: torch.zeros(1, 4).as_subclass(BrokenTensor),
    lambda: torch.nn.Parameter(torch.zeros(1, 4)),
    lambda: torch.zeros(*[1] * 40),
]
ARRAYS = [
    lambda: np.broadcast_to(np.zeros(1), (10**6, 10**6)),
    lambda: np.zeros((1, 4)).view(BrokenArray),
    lambda: np.array([None, "a", 1.0], dtype=object),
    lambda: np.array(["a", "b"]),
    lambda: np.array(["2026-01-01"], dtype="datetime64"),
    lambda: np.zeros(2, dtype=[("a", float), ("b", int)]),
    lambda: np.ma.masked_array([1.0, 2.0], mask=[True, False]),
    lambda: np.matrix([[1.0, 2.0]]),
    lambda: np.float128(1) if hasattr(np, "float128") else np.float64(1),
]
OTHERS = [
    lambda: None, lambda: ..., lambda: NotImplemented, lambda: True, lambda: 10**400, lambda: -(10**400), lambda: 1e400,
    lambda: float("nan"), lambda: 1j, lambda: "softmax", lambda: "\ud800", lambda: "a\nb" * 1000, lambda: b"\0",
    lambda: {}, lambda: {"out": 1}, lambda: {1, 2}, lambda: [], lambda: (), lambda: [[], []], lambda: [[1], [1, 2]],
    lambda: range(10**9), lambda: (number for number in range(3)), lambda: itertools.count(), lambda: iter([1.0]),
    lambda: deep(50), lambda: deep(5000), in_itself, lambda: [0.0] * 3_000_000,
    lambda: [torch.zeros(2), np.zeros(2), 1], lambda: [torch.zeros(2), torch.zeros(3)],
    lambda: torch, lambda: int, lambda: len, lambda: Broken, Broken, BrokenList, lambda: BrokenList([1, 2]),
    lambda: BrokenText("a"), lambda: BrokenNumber(3), Nameless, Grows, lambda: [Broken()] * 3, lambda: BrokenError(),
    lambda: sys.stdout, lambda: torch.nn.Linear(2, 2), lambda: memoryview(b"abc"), lambda: slice(3), lambda: property(),
    lambda: type("a\nb", (), {})(), lambda: type("x" * 10_000, (), {})(),
]  # fmt: skip
VALUES = TENSORS + ARRAYS + OTHERS
ERRORS = [
    ValueError, KeyError, SystemExit, KeyboardInterrupt, GeneratorExit, StopIteration, StopAsyncIteration, MemoryError,
    RecursionError, asyncio.CancelledError, BrokenError, BaseException,
    type("a\nb", (Exception,), {}), type("ValueError", (BaseException,), {}),
]  # fmt: skip


def raises(error, *args):
    def answer(*given):
        raise error(*args)

    return answer


def raises_from_group(*given):
    raise ExceptionGroup("many\nlines", [ValueError("a"), BrokenError()])


async def asynchronous(*given):
    return given[0]


def generating(*given):
    yield from given


def prints(*given):
    print("x\n" * 10**5, file=sys.stdout)
    print("y" * 10**6, file=sys.stderr)
    return given[0]


def recursive(*given):
    return recursive(*given)


def closes_stdout(*given):
    sys.stdout.close()
    return given[0]


def spoils_its_arguments(*given):
    for arg in given:
        if isinstance(arg, torch.Tensor):
            arg.data = torch.zeros(0)
        elif isinstance(arg, list):
            arg.append(Broken())
    return given[0]


def spoils_settings(*given):
    torch.set_default_dtype(torch.float16)
    torch.set_grad_enabled(False)
    np.seterr(all="raise")
    return given[0]


class Layer:
    def __init__(self, *given):
        pass


class WithoutSignature:
    __signature__ = 3

    def __call__(self, *given):
        return given[0]


class BrokenCallable(Broken):
    def __call__(self, *given):
        return self


DEEDS = [
    raises_from_group, asynchronous, generating, prints, recursive, closes_stdout, spoils_its_arguments,
    spoils_settings, Layer, WithoutSignature(), BrokenCallable(), print, len, dict, type, max, torch.sum, torch.zeros,
    np.sum, np.array, exec, iter, object, Broken, torch.nn.Linear(4, 4), functools.partial(max, 1),
    lambda *given: given, lambda *given: given[0], torch.no_grad()(lambda *given: given[0]),
    lambda *given, needed: 1, lambda *given, **named: named, lambda given: 1, lambda: 1,
]  # fmt: skip
