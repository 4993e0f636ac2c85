"""Promise: VanishingView asks the reader's own function at each radius, and shows what it gives back."""

import numpy as np
import pytest
import torch
import traitlets

from course_utils.widgets.vanishing_view import VanishingView

W_hh = torch.randn(6, 6, dtype=torch.float64, generator=torch.Generator().manual_seed(0))


def largest_eigenvalue(W):
    return float(torch.linalg.eigvals(W).abs().max())


def powers(W):
    """What a linear net's gradient would be if W were as large in every direction."""
    return largest_eigenvalue(W) ** torch.arange(20, dtype=torch.float64)


def test_compute_gets_a_matrix_of_the_radius_that_the_slider_says():
    view = VanishingView(powers, W_hh, radius=0.5)
    np.testing.assert_allclose(view.norms, 0.5 ** np.arange(20), rtol=1e-4)
    view.radius = 2.0
    np.testing.assert_allclose(view.norms, 2.0 ** np.arange(20), rtol=1e-4)


def test_eigenvalues_are_those_of_the_scaled_matrix():
    view = VanishingView(powers, 7 * W_hh, radius=1.5)
    expected = torch.linalg.eigvals(W_hh * 1.5 / largest_eigenvalue(W_hh)).numpy()
    np.testing.assert_allclose(np.sort_complex(view.eigenvalues), np.sort_complex(expected), atol=1e-5)
    assert np.abs(view.eigenvalues).max() == pytest.approx(1.5, abs=1e-5)


@pytest.mark.parametrize(
    "kind, made", [(lambda W: W, torch.Tensor), (np.asarray, np.ndarray), (torch.Tensor.tolist, np.ndarray)]
)
def test_compute_gets_the_kind_it_can_use(kind, made):
    seen = []
    VanishingView(lambda W: seen.append(W) or np.ones(5), kind(W_hh))
    assert isinstance(seen[0], made) and seen[0].dtype in (torch.float64, np.float64)


def test_a_gradient_of_zero_or_beyond_float32_can_be_shown():
    view = VanishingView(lambda W: [1.0, 1e-60, 1e60, 0.0], W_hh)
    np.testing.assert_allclose(view.norms[:3], [1, 1e-60, 1e60], rtol=1e-3)
    assert view.norms[3] < 1e-299


def test_what_goes_wrong_later_is_shown_and_the_last_curve_stays():
    def up_to_one(W):
        if largest_eigenvalue(W) > 1.01:
            raise RuntimeError("too large")
        return np.ones(3)

    view = VanishingView(up_to_one, W_hh)
    view.radius = 2.0
    assert view.problem == "up_to_one raised RuntimeError: too large"
    assert list(view.norms) == [1, 1, 1]
    view.radius = 0.5
    assert view.problem == ""


def test_repr_is_short_and_there_is_a_png():
    view = VanishingView(powers, W_hh, radius=0.5, back=3)
    assert repr(view) == "VanishingView(radius=0.5, back=3, length=20)"
    bundle, _ = view._repr_mimebundle_()
    assert bundle["image/png"].startswith("iVBOR")


@pytest.mark.parametrize(
    "compute, matrix, sentence",
    [
        (powers, W_hh[:5], r"W_hh should have the shape \(5, 5\), yours is \(5, 6\)"),
        (powers, W_hh[0], r"W_hh should have the shape \(any, any\), yours is \(6,\)"),
        (powers, W_hh * torch.nan, "W_hh has NaN or infinity in 36 of 36 places"),
        (powers, [[0.0, 1.0], [0.0, 0.0]], "no eigenvalue but 0"),
        (lambda W: W, W_hh, r"gives back should have the shape \(any\), yours is \(6, 6\)"),
        (lambda W: W.no_such_thing, W_hh, "raised AttributeError"),
    ],
)
def test_what_does_not_fit_is_said(compute, matrix, sentence):
    with pytest.raises(ValueError, match=sentence):
        VanishingView(compute, matrix)


@pytest.mark.parametrize("name, value", [("radius", 0.0), ("radius", 3.1), ("back", 20), ("back", -1)])
def test_values_off_the_picture_are_refused(name, value):
    with pytest.raises(traitlets.TraitError, match=f"{name} should be from"):
        setattr(VanishingView(powers, W_hh), name, value)
