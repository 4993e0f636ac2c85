"""How large a step training takes, and when."""


def warmup(step, d_model, warmup_steps):
    """The learning rate of the 2017 paper: rises in a straight line for warmup_steps, then falls like 1 / √step.

    step: 1, 2, 3, ...  d_model: the width of the model.  warmup_steps: at which step the rate is highest.
    Returns the rate: d_model^-0.5 times the smaller of step^-0.5 and step · warmup_steps^-1.5.
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 5.3.
    """
    return d_model**-0.5 * min(step**-0.5, step * warmup_steps**-1.5)
