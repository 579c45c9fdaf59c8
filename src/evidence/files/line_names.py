"""The names of lines written behind their ends, in place of a legend, where each has room of its own."""

import itertools
from collections.abc import Callable
from typing import Any

from lxml import etree
from pptx.enum.chart import XL_LABEL_POSITION
from pptx.util import Length, Pt

from evidence.files.plots import Plot

SIZE = 12  # points of the letters
_LEFT, _TOP, _HIGH = 0.09, 0.05, 0.75  # of the frame: where the lines begin, and how high they stand
_GAP = 0.01  # of the frame, beyond the longest name
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
Ends = dict[str, tuple[int, int, float]]  # by subject: its last series, and the place and the number of that one's end


def ends(plot: Plot) -> Ends:
    """Where the line of each subject ends; a line that breaks is several series."""
    found: Ends = {}
    for place, (name, numbers) in enumerate(plot.series.items()):
        subject = plot.subject(name)
        told = [(at, number) for at, number in enumerate(numbers) if number is not None]
        if told and told[-1][0] >= found.get(subject, (0, -1, 0.0))[1]:
            found[subject] = (place, *told[-1])
    return found


def apart(plot: Plot, high: Length) -> bool:
    """Whether all lines end where the chart does, each end so far from the next that a name stands beside it, in a frame so high.

    >>> from pptx.util import Inches
    >>> two = lambda first, second: Plot("line", ["2001", "2002"], {"A": [1, first], "B": [9, second]})
    >>> apart(two(2, 9), Inches(4)), apart(two(8.9, 9), Inches(4)), apart(two(2, None), Inches(4))
    (True, False, False)
    """
    last = ends(plot)
    room = (max(*plot.numbers, 0.0) - min(*plot.numbers, 0.0)) * Pt(SIZE) / (high * _HIGH)
    heights = sorted(number for _, _, number in last.values())
    everywhere = all(place == len(plot.categories) - 1 for _, place, _ in last.values())
    return everywhere and all(upper - lower >= room for lower, upper in itertools.pairwise(heights))


def name(chart: Any, plot: Plot, across: float, write: Callable[[Any, str], None]) -> None:
    """Writes each subject behind the end of its line, for which the lines leave so much of the frame's breadth."""
    for subject, (series, place, _) in ends(plot).items():
        label = chart.plots[0].series[series].points[place].data_label
        write(label.text_frame, subject)
        label.position = XL_LABEL_POSITION.RIGHT
    area = chart._chartSpace.xpath("c:chart/c:plotArea")[0]
    for old in area.xpath("c:layout"):
        area.remove(old)
    # The library has no layout of the lines within their frame.
    layout = etree.SubElement(etree.Element(f"{{{_CHART}}}layout"), f"{{{_CHART}}}manualLayout")
    sizes = {"x": _LEFT, "y": _TOP, "w": 1 - _LEFT - across - _GAP, "h": _HIGH}
    for tag, value in {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge", **sizes}.items():
        etree.SubElement(layout, f"{{{_CHART}}}{tag}", val=f"{value:.4g}" if isinstance(value, float) else value)
    area.insert(0, layout.getparent())
