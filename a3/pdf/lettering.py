"""The words in a drawing, set line by line.

WeasyPrint sets each letter by itself, since SVG may place every one: a quarter of the time that a sheet with figures
takes, and without kerning. Our drawings place whole lines (a3/figures/svg.py), so a line is set here as one.
"""

from importlib import import_module
from typing import Any

INTO_PLACE = {"middle": 0.5, "end": 1.0}  # how much of its width a line goes to the left of its place


class Lines:
    """What WeasyPrint calls for each <text>: in its colour, family and weight, anchored as it says."""

    def __init__(self) -> None:
        self.breaking, self.drawing, self.matrix, self.properties, self.text = (
            import_module(f"weasyprint.{name}")
            for name in ("text.line_break", "draw.text", "matrix", "css.properties", "svg.text")
        )

    def __call__(self, svg: Any, node: Any, size: float) -> None:
        if not node.text:
            return
        layout, width = self._laid_out(svg, node, size)
        x, y = svg.point(node.get("x"), node.get("y"), size)
        x -= width * INTO_PLACE.get(node.get("text-anchor"), 0)
        line = self.text.TextBox(layout, layout.style)
        svg.stream.push_state()
        svg.set_graphical_state(node, size)
        svg.stream.begin_text()
        self.drawing.draw_first_line(svg.stream, line, "none", "none", self.matrix.Matrix(d=-1, e=x, f=y))
        svg.stream.end_text()
        svg.stream.pop_state()

    def _laid_out(self, svg: Any, node: Any, size: float) -> tuple[Any, float]:
        """The line as Pango lays it out, and its width."""
        style = self.text.Style(self.properties.INITIAL_VALUES)
        style.font_config = svg.font_config
        style["font_family"] = [family.strip() for family in node.get("font-family", "sans-serif").split(",")]
        style["font_weight"] = int(node.get("font-weight", 400))
        style["font_size"] = size
        layout = self.breaking.create_layout(node.text, style, svg.context, None, 0)
        line, _ = layout.get_first_line()
        return layout, self.breaking.line_size(line, style)[0]


def set_whole_lines() -> None:
    """Let WeasyPrint draw each <text> as one line."""
    import_module("weasyprint.svg").TAGS["text"] = Lines()
