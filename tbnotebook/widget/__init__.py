"""The live view under a cell: the anywidget, its bundle, the poller thread, the magics."""
