"""The course's layers put into torch's own, number by number, so that a test can compare what comes out."""

import torch


def encoder_layer(block):
    """A torch.nn.TransformerEncoderLayer with the numbers of an EncoderBlock; the biases of its attention are 0."""
    layer = torch.nn.TransformerEncoderLayer(**_sizes(block.attention, block.feed_forward), norm_first=block.norm_first)
    with torch.no_grad():
        fill_encoder_layer(layer.double(), block)
    return layer


def transformer(model):
    """A torch.nn.Transformer with the numbers of a course's Transformer, which still embeds and reads out."""
    first = model.encoder[0]
    sizes = {"num_encoder_layers": len(model.encoder), "num_decoder_layers": len(model.decoder), "norm_first": True}
    theirs = torch.nn.Transformer(**_sizes(first.attention, first.feed_forward), **sizes).double()
    with torch.no_grad():
        for layer, block in zip(theirs.encoder.layers, model.encoder, strict=True):
            fill_encoder_layer(layer, block)
        for layer, block in zip(theirs.decoder.layers, model.decoder, strict=True):
            fill_decoder_layer(layer, block)
        _fill_norm(theirs.encoder.norm, model.encoder_norm)
        _fill_norm(theirs.decoder.norm, model.decoder_norm)
    return theirs


def fill_encoder_layer(layer, block):
    """The numbers of an EncoderBlock."""
    _fill_attention(layer.self_attn, block.attention)
    _fill_feed_forward(layer, block.feed_forward)
    _fill_norm(layer.norm1, block.norm_1)
    _fill_norm(layer.norm2, block.norm_2)


def fill_decoder_layer(layer, block):
    """The numbers of a DecoderBlock."""
    _fill_attention(layer.self_attn, block.self_attention)
    _fill_attention(layer.multihead_attn, block.cross_attention)
    _fill_feed_forward(layer, block.feed_forward)
    for norm, own in ((layer.norm1, block.norm_1), (layer.norm2, block.norm_2), (layer.norm3, block.norm_3)):
        _fill_norm(norm, own)


def _sizes(attention, feed_forward):
    d_model, d_ff = feed_forward.W_1.shape
    sizes = {"d_model": d_model, "nhead": attention.n_heads, "dim_feedforward": d_ff}
    return {**sizes, "dropout": 0.0, "batch_first": True}


def _fill_attention(theirs, ours):
    theirs.in_proj_weight.copy_(torch.cat([ours.W_Q.T, ours.W_K.T, ours.W_V.T]))
    theirs.in_proj_bias.zero_()
    theirs.out_proj.weight.copy_(ours.W_O.T)
    theirs.out_proj.bias.zero_()


def _fill_feed_forward(layer, ours):
    for linear, W, b in ((layer.linear1, ours.W_1, ours.b_1), (layer.linear2, ours.W_2, ours.b_2)):
        linear.weight.copy_(W.T)
        linear.bias.copy_(b)


def _fill_norm(theirs, ours):
    theirs.weight.copy_(ours.gain)
    theirs.bias.copy_(ours.bias)


def busy(module):
    """The module with no parameter left at 0 or 1 and no two alike, so that one forgotten or exchanged shows."""
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter += 0.3 * torch.randn(parameter.shape, dtype=parameter.dtype, generator=generator)
    return module


def normal(*shape):
    """Normal numbers in float64, the same at each call of the same shape."""
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(sum(shape)))
