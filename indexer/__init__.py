"""From a corpus of published reports to a searchable, citable index.

Read `build.py` first: it is the way of a report, top to bottom.
"""
