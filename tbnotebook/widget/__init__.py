"""The live view under a cell: the anywidget, its bundle, the poller thread, the magics."""

from tbnotebook.widget.opener import show, show_graph, writer_opened
from tbnotebook.widget.session import refresh
from tbnotebook.widget.view import View

__all__ = ["View", "refresh", "show", "show_graph", "writer_opened"]
