"""What the pages need beyond the widgets' traits, by lesson.

KEPT: numbers that a widget's function keeps to itself, by the widget's place in the lesson. Each is an expression in
the lesson's own kernel, evaluated right after the cell that shows the widget (`widget` is the widget, `probe` the
module here). The page plays that function by the same formula (static/kernel.js) and needs the matrices for it; where
the formula would need a gradient, the answers themselves are recorded.

ENOUGH: of a long experiment as much as the widgets need, by the name to which the lesson assigns it.
"""

KEPT = {
    "03_multi_head": {0: "dict(zip(('X', 'W_Q', 'W_K', 'W_V', 'W_O'), (X_wishes, *W_wishes)))"},
    "04_positional_encoding": {
        0: "dict(X=X, positions=None, W_Q=W_Q, W_K=W_K, W_V=W_V)",
        2: "dict(X=X, positions=positions, W_Q=W_Q, W_K=W_K, W_V=W_V)",
    },
    "06_rnn_comparison": {1: "probe.recorded(widget, 'radius', [round(0.1 + 0.05 * i, 2) for i in range(59)])"},
    "07_transformer_block": {
        0: "dict(X=X, **dict(zip(('W_Q', 'W_K', 'W_V', 'W_O'), Ws)), n_heads=2, gain=gain, bias=bias, "
        "**dict(zip(('W_1', 'b_1', 'W_2', 'b_2'), (W_1, b_1, W_2, b_2))))"
    },
    "08_encoder_decoder": {0: "probe.model(model, LETTERS, longest=16)"},
    "09_training": {0: "probe.model(larger, LETTERS, longest=32, most_letters=20)"},
    "10_language_model": {0: "probe.language_model(writer)"},
    "11_inside_a_real_model": {0: "probe.maps(widget)"},
}

ENOUGH = {"08_encoder_decoder": {"runs": "{'memory': [trained('memory', 0)]}"}}
