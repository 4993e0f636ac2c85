"""Bars as inline SVG, in the page's own colours, with words for who does not see them."""

from __future__ import annotations

from html import escape

LABEL, BAR, END = 210, 560, 80  # width of the names, of a full bar, and of what stands behind it
STEP, THICK = 30, 18  # from bar to bar, and how thick one is
SHORT_BAR = 90  # width of the longest bar in a table


def stacked(rows, kinds, total, ends, alt):
    """One bar for each row, made of parts, and the legend. rows: {label: {kind: count}}.

    kinds: {kind: what the legend calls it}; a kind is a class of the stylesheet.  total: what a full bar stands for.
    ends: {label: what stands behind its bar}.  alt: a sentence that says what is to be seen.
    """
    lines = []
    for place, (label, counts) in enumerate(rows.items()):
        lines.append(f'<text x="{LABEL - 10}" y="{place * STEP + 18}" text-anchor="end">{escape(label)}</text>')
        left = LABEL
        for kind, name in kinds.items():
            width = BAR * counts.get(kind, 0) / max(total, 1)
            if width:
                lines.append(_part(kind, left, place * STEP + 4, width, f"{label}: {counts[kind]} {name}"))
                left += width
        lines.append(f'<text x="{LABEL + BAR + 10}" y="{place * STEP + 18}">{escape(ends.get(label, ""))}</text>')
    spoken = f'role="img" aria-label="{escape(alt)}"'
    return _legend(kinds) + _svg(lines, LABEL + BAR + END, max(len(rows), 1) * STEP, spoken)


def bar(count, longest, kind):
    """A small bar for a cell of a table, beside its number, which is what a screen reader says."""
    width = SHORT_BAR * count / max(longest, 1)
    return _svg([_part(kind, 0, 0, width, str(count))], SHORT_BAR, THICK, 'aria-hidden="true"')


def _part(kind, left, top, width, spoken):
    box = f'x="{left:.1f}" y="{top}" width="{width:.1f}" height="{THICK}"'
    return f'<rect class="{kind}" {box}><title>{escape(spoken)}</title></rect>'


def _legend(kinds):
    names = (f'<span><i class="{kind}"></i>{escape(name)}</span>' for kind, name in kinds.items())
    return f'<p class="legend" aria-hidden="true">{" ".join(names)}</p>\n'


def _svg(lines, width, height, about):
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f"<svg {about} {size}>\n" + "\n".join(lines) + "\n</svg>"
